import type {
  WatchedEvent,
  WatchingReply,
  WatchingRequest,
} from "./watching_messages.ts";

/** A worker's global scope, whose types not every checker knows. */
interface WorkerScope {
  onmessage: (event: MessageEvent<WatchingRequest>) => void;
  postMessage(reply: WatchingReply): void;
}

/**
 * The address of the module that the watching thread runs: it takes
 * {@linkcode WatchingRequest}s, and answers with any number of
 * {@linkcode WatchingReply}s.
 *
 * The module is the text of a function: a file would need permission to read
 * it, and programs that watch a folder need only that to read the folder.
 */
export function watchingModule(): string {
  return `data:text/javascript,${encodeURIComponent(`(${watchFolders})()`)}`;
}

/** The whole program of the thread. It cannot use anything outside itself. */
function watchFolders(): void {
  const maxEvents = 4096;
  /** Replaces more events than that: the folder is to be listed. */
  const lost: WatchedEvent = { kind: "other", paths: [], flag: "rescan" };
  const scope = globalThis as unknown as WorkerScope;
  const watches = new Map<number, Watch>();

  class Watch {
    watcher: Deno.FsWatcher | undefined;
    events: WatchedEvent[] = [];
    /** True: the last events sent were taken. */
    taken = true;

    constructor(readonly id: number, readonly folder: string) {}

    async run(): Promise<void> {
      const { id, folder } = this;
      try {
        const watcher = Deno.watchFs(folder, { recursive: false });
        this.watcher = watcher;
        scope.postMessage({ id, type: "opened" });
        const events = watcher[Symbol.asyncIterator]();
        for (let event; (event = await next(events)) !== undefined;) {
          if (this.events.length < maxEvents) this.events.push(event);
          else this.events = [lost];
          if (this.taken) this.send();
        }
        scope.postMessage({ id, type: "closed" });
      } catch (error) {
        this.close();
        const { name, message } = error as Error;
        scope.postMessage({ id, type: "failed", name, message });
      }
      watches.delete(id);
    }

    send(): void {
      const { id, events } = this;
      this.taken = events.length === 0;
      this.events = [];
      if (!this.taken) scope.postMessage({ id, type: "events", events });
    }

    close(): void {
      this.watcher?.close();
      this.watcher = undefined;
    }
  }

  async function next(
    events: AsyncIterator<Deno.FsEvent, void>,
  ): Promise<WatchedEvent | undefined> {
    try {
      return (await events.next()).value ?? undefined;
    } catch (error) {
      // Deno fails on an event of a path that is not UTF-8, and continues.
      if (error instanceof TypeError) return "unknown";
      throw error;
    }
  }

  scope.onmessage = ({ data }) => {
    const { id } = data;
    if (data.type === "more") watches.get(id)?.send();
    else if (data.type === "close") watches.get(id)?.close();
    else {
      const watch = new Watch(id, data.folder);
      watches.set(id, watch);
      watch.run();
    }
  };
}
