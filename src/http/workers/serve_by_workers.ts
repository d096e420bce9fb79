import type { Faults } from "../../log/faults.ts";
import { withResolvers } from "../../system/with_resolvers.ts";
import type {
  EventBatch,
  EventRequest,
} from "../../system/worker/event_messages.ts";
import {
  EventThread,
  type EventThreadOptions,
  LostThreadError,
} from "../../system/worker/event_thread.ts";
import { receivedError } from "../../system/worker/sent_error.ts";
import {
  threadUrls,
  type WorkerModule,
  workerModule,
} from "../../system/worker/worker_module.ts";
import { persistently } from "../../timing/persistence.ts";
import type { Certificate } from "../deno/deno_server.ts";
import {
  SilentClients,
  type SilentClientsOptions,
} from "../sockets/silent_clients.ts";
import {
  type SystemSockets,
  systemSockets,
} from "../sockets/system_sockets.ts";
import type { WorkersStatus } from "../call/handler_settings.ts";
import type { ServerNotices } from "../listening/listening.ts";
import type { FindAnswer } from "../routing/answer_to.ts";
import {
  type SentRequest,
  SERVING_THREAD,
  type ServingEvent,
  type ServingNote,
  type ServingTask,
} from "./serving_messages.ts";
import { SharedReserve } from "./shared_reserve.ts";
import { WorkerLink } from "./worker_link.ts";

/** The module of a service that serves. */
export type ServingModule = WorkerModule<
  EventRequest<ServingTask>,
  EventBatch<ServingEvent>,
  ServingNote
>;

/** Options of {@linkcode serveByWorkers}. */
export interface WorkersOptions
  extends ServingTask, ServerNotices, EventThreadOptions {
  /** Number of workers. */
  workers: number;
  /** Finds the answers, on this thread. */
  findAnswer: FindAnswer;
  faults: Faults;
  /** Called with the number of clients that are cut off: see `onCutOff`. */
  onCutOff?: (clients: number) => void;
  /** Limits of the wait for clients: see {@linkcode SilentClients}. */
  silence?: Omit<SilentClientsOptions, "sockets" | "port" | "answered">;
  /** Called when a worker is lost, with the number of its viewers. */
  onLost?: (viewers: number) => void;
  /**
   * The service.
   *
   * @default {SERVING} that of this folder
   */
  module?: ServingModule;
}

/** Workers that listen. */
export interface WorkersServer {
  readonly addr: { hostname: string; port: number };
  /** See {@linkcode DenoServer}; undefined if the servers have none. */
  readonly isGuarded: boolean | undefined;
  /** The state of the workers now. */
  readonly workers: WorkersStatus;
  /** See {@linkcode DenoServer}. */
  renewCertificate(tls: Certificate): void;
  /** Takes no more connections; resolves once the open ones have ended. */
  shutdown(): Promise<void>;
}

const SERVING: ServingModule = workerModule({
  name: SERVING_THREAD,
  task: "serve",
  url: () => new URL("./serving_worker.ts", import.meta.url),
  load: async () => {
    const { servingService } = await import("./serving_worker.ts");
    return servingService;
  },
});

/** True if there can be threads that serve. */
export function canServeByWorkers(): boolean {
  return threadUrls(SERVING).length > 0;
}

/**
 * Serves by several threads that share one port. The answers, and all viewers,
 * are those of this thread: the others have the connections, which take nearly
 * all the time. A worker that is lost is replaced.
 *
 * @returns The server, once all workers listen.
 * @throws {Error} If the first one cannot listen.
 */
export async function serveByWorkers(
  options: WorkersOptions,
): Promise<WorkersServer> {
  const pool = new Pool(options);
  // The first one chooses the port, if it is to be any.
  const first = pool.start(options.port);
  first.catch(() => pool.shutdown());
  const { hostname, port, isGuarded } = await first;
  const others = Array.from(
    { length: options.workers - 1 },
    () => pool.add(port),
  );
  await Promise.all(others);
  return {
    addr: { hostname, port },
    isGuarded,
    get workers() {
      return pool.status;
    },
    renewCertificate: (tls) => pool.renewCertificate(tls),
    shutdown: () => pool.shutdown(),
  };
}

type ServingThread = EventThread<ServingTask, ServingEvent, ServingNote>;
type Listening = Extract<ServingEvent, { type: "listening" }>;

/** All workers of a server. */
class Pool {
  readonly #options: WorkersOptions;
  readonly #stop = new AbortController();
  readonly #threads = new Set<ServingThread>();
  readonly #runs: Promise<void>[] = [];
  readonly #reserve: SharedReserve;
  readonly #links = new Set<WorkerLink>();
  #tls: Certificate | undefined;
  #listening = 0;
  #lost = 0;
  #silent: SilentClients | undefined;
  #sockets: SystemSockets | undefined;

  constructor(options: WorkersOptions) {
    this.#options = options;
    this.#tls = options.tls;
    this.#reserve = new SharedReserve(options);
  }

  get status(): WorkersStatus {
    const { workers: wanted } = this.#options;
    return { wanted, listening: this.#listening, lost: this.#lost };
  }

  /**
   * Starts the first worker.
   *
   * @returns The place where it listens.
   * @throws {Error} If it cannot listen.
   */
  start(port: number): Promise<Listening> {
    const begun = withResolvers<Listening>();
    let place: Listening | undefined;
    this.#runs.push(this.#keep(async () => {
      try {
        await this.#run(place?.port ?? port, (listening) => {
          if (place === undefined) this.#watchPort(listening.port);
          place ??= listening;
          begun.resolve(listening);
        });
      } catch (error) {
        if (place !== undefined) throw error;
        begun.reject(error);
      }
    }));
    return begun.promise;
  }

  /** Starts another worker; resolves once it listens, or is tried again. */
  add(port: number): Promise<void> {
    const begun = withResolvers<void>();
    this.#runs.push(this.#keep(async () => {
      try {
        await this.#run(port, () => begun.resolve());
      } finally {
        begun.resolve();
      }
    }));
    return begun.promise;
  }

  /** Of workers that are started later, too. */
  renewCertificate(tls: Certificate): void {
    this.#tls = tls;
    for (const thread of this.#threads) {
      thread.tell({ type: "certificate", tls });
    }
  }

  async shutdown(): Promise<void> {
    this.#stop.abort();
    for (const thread of this.#threads) thread.tell({ type: "shutdown" });
    await Promise.all(this.#runs);
    this.#reserve.close();
    this.#silent?.close();
    this.#sockets?.close();
  }

  /**
   * Hangs up on clients that ask nothing. The servers cannot: each would take
   * the clients of the others for such.
   */
  #watchPort(port: number): void {
    const { server, silence } = this.#options;
    const sockets = server === "deno" ? systemSockets() : undefined;
    if (sockets === undefined) return;
    const answered = () =>
      [...this.#links].flatMap(({ clients }) => [...clients]);
    this.#silent = new SilentClients({ ...silence, sockets, port, answered });
    this.#sockets = sockets;
  }

  #keep(act: () => Promise<void>): Promise<void> {
    const { faults } = this.#options, { signal } = this.#stop;
    const onFailure = (error: unknown) => {
      const isLost = error instanceof LostThreadError;
      faults.note(isLost ? "worker" : "program", error);
    };
    return persistently({ act, onFailure, signal });
  }

  /** Runs a worker until it is shut down, or lost. */
  async #run(
    port: number,
    onListening: (event: Listening) => void,
  ): Promise<void> {
    const { module = SERVING, deadlineMilliseconds } = this.#options;
    const { server, hostname, findAnswer, faults } = this.#options;
    const task = { server, hostname, port, tls: this.#tls };
    const thread: ServingThread = new EventThread(module, {
      deadlineMilliseconds,
    });
    const link = new WorkerLink({
      findAnswer,
      settings: { faults },
      tell: (note, owned) => thread.tell(note, owned),
    });
    this.#threads.add(thread);
    this.#links.add(link);
    let listens = 0;
    try {
      for await (const events of thread.run(task)) {
        for (const event of events) {
          if (event.type === "listening") {
            this.#reserve.add(thread);
            this.#listening += 1 - listens;
            listens = 1;
            onListening(event);
          } else this.#take(event, thread, link);
        }
      }
    } catch (error) {
      this.#lost++;
      this.#options.onLost?.(link.viewerCount);
      throw error;
    } finally {
      this.#listening -= listens;
      this.#threads.delete(thread);
      this.#links.delete(link);
      this.#reserve.remove(thread);
      link.close();
    }
  }

  #hear({ address, port }: SentRequest): void {
    if (address === undefined || port === undefined) return;
    this.#silent?.hear({ hostname: address, port });
  }

  #take(
    event: Exclude<ServingEvent, Listening>,
    thread: ServingThread,
    link: WorkerLink,
  ): void {
    switch (event.type) {
      case "connected":
        this.#reserve.noteConnections();
        break;
      case "refused":
        this.#reserve.noteRefusal(thread);
        break;
      case "accepting":
        this.#reserve.noteAcceptance();
        break;
      case "cut off":
        this.#options.onCutOff?.(event.clients);
        break;
      case "fault":
        this.#options.faults.note(event.kind, receivedError(event.error));
        break;
      default:
        if (event.type === "request") this.#hear(event.request);
        link.take(event);
    }
  }
}
