import type {
  WatchedEvent,
  WatchingReply,
  WatchingRequest,
} from "./watching_messages.ts";

/** A worker's global scope, or the port to a thread that has borrowed it. */
interface Place {
  onmessage:
    | ((event: MessageEvent<WatchingRequest | { port: Place }>) => void)
    | null;
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
  /** Deno keeps so many, and drops others without a word. */
  const maxEventsAtOnce = 16;
  /** Time in which so many come only if more may have come. */
  const crowdedMilliseconds = 50;
  /** Replaces more events than that: the folder is to be listed. */
  const lost: WatchedEvent = { kind: "other", paths: [], flag: "rescan" };
  let place = globalThis as unknown as Place;
  const watches = new Map<number, Watch>();

  class Watch {
    watcher: Deno.FsWatcher | undefined;
    events: WatchedEvent[] = [];
    /** True: the last events sent were taken. */
    taken = true;
    /**
     * Times of the last events: with one more, they are as many as Deno keeps.
     */
    readonly times: Float64Array = new Float64Array(maxEventsAtOnce - 1).fill(
      -Infinity,
    );
    count = 0;
    /** True: events may have been lost. */
    isCrowded = false;

    constructor(readonly id: number, readonly folder: string) {}

    async run(): Promise<void> {
      const { id, folder } = this;
      try {
        const watcher = Deno.watchFs(folder, { recursive: false });
        this.watcher = watcher;
        place.postMessage({ id, type: "opened" });
        const events = watcher[Symbol.asyncIterator]();
        for (let event; (event = await next(events)) !== undefined;) {
          if (this.events.length < maxEvents) this.events.push(event);
          else this.events = [lost];
          this.noteTime();
          if (this.taken) this.send();
        }
        place.postMessage({ id, type: "closed" });
      } catch (error) {
        this.close();
        const { name, message } = error as Error;
        place.postMessage({ id, type: "failed", name, message });
      }
      watches.delete(id);
    }

    noteTime(): void {
      const now = performance.now(), at = this.count++ % this.times.length;
      if (now - this.times[at] < crowdedMilliseconds) this.isCrowded = true;
      this.times[at] = now;
    }

    send(): void {
      const { id, events } = this;
      if (this.isCrowded && events.length > 0) events.push(lost);
      this.isCrowded = false;
      this.taken = events.length === 0;
      this.events = [];
      if (!this.taken) place.postMessage({ id, type: "events", events });
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

  place.onmessage = ({ data }) => {
    if ("port" in data) {
      const { onmessage } = place;
      place = data.port;
      place.onmessage = onmessage;
      return;
    }
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
