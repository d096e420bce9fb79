/**
 * A thread that shares the port with others: it has connections, and carries
 * the answers of the main thread.
 *
 * @module
 */

import { catchAll } from "../../log/catch_all.ts";
import { Faults } from "../../log/faults.ts";
import { denoUpgrade } from "../../system/deno_upgrade.ts";
import { loadModule } from "../../system/load_module.ts";
import { withResolvers } from "../../system/with_resolvers.ts";
import {
  EventService,
  type EventTask,
} from "../../system/worker/event_service.ts";
import type { Outbox } from "../../system/worker/outbox.ts";
import { sentError } from "../../system/worker/sent_error.ts";
import { serveThread, threadName } from "../../system/worker/worker_service.ts";
import type { Certificate } from "../deno/deno_server.ts";
import type { ReserveEvents } from "../listening/descriptor_reserve.ts";
import { CarriedViewers } from "./carried_viewers.ts";
import { RemoteAnswers } from "./remote_answers.ts";
import { RemoteReserve } from "./remote_reserve.ts";
import {
  SERVING_THREAD,
  type ServingEvent,
  type ServingNote,
  type ServingTask,
} from "./serving_messages.ts";

/** A server of either kind. */
interface Server {
  addr: { hostname: string; port: number };
  isGuarded?: boolean;
  renewCertificate?(tls: Certificate): void;
  shutdown(): Promise<void>;
}

/** Listens, and carries answers until it is told to shut down. */
class Serving implements EventTask<ServingTask, ServingEvent, ServingNote> {
  readonly #stop = withResolvers<void>();
  #server: Server | undefined;
  /** A certificate that came before the server listened. */
  #renewed: Certificate | undefined;
  #viewers: CarriedViewers | undefined;
  #answers: RemoteAnswers | undefined;
  #reserve: RemoteReserve | undefined;

  async run(task: ServingTask, outbox: Outbox<ServingEvent>): Promise<void> {
    const server = await this.#serve(task, outbox);
    this.#server = server;
    if (this.#renewed !== undefined) server.renewCertificate?.(this.#renewed);
    const { addr, isGuarded } = server;
    outbox.post({ type: "listening", ...addr, isGuarded });
    await this.#stop.promise;
    await server.shutdown();
  }

  note(note: ServingNote): void {
    if (note.type === "shutdown") this.#stop.resolve();
    else if (note.type === "certificate") this.#renew(note.tls);
    else if (note.type === "orders") this.#viewers?.carryOut(note.batch);
    else if (note.type === "short") this.#reserve?.events.onShort();
    else if (note.type === "enough") this.#reserve?.events.onEnough();
    else this.#answers?.take(note);
  }

  #renew(tls: Certificate): void {
    if (this.#server === undefined) this.#renewed = tls;
    else this.#server.renewCertificate?.(tls);
  }

  /** Its progress with its orders goes along with whatever it tells. */
  closing(): ServingEvent | undefined {
    return this.#viewers?.news();
  }

  async #serve(
    { server: kind, ...place }: ServingTask,
    outbox: Outbox<ServingEvent>,
  ): Promise<Server> {
    const faults = new Faults((kind, error) =>
      outbox.post({ type: "fault", kind, error: sentError(error) })
    );
    // On the main thread somebody else does.
    if (threadName() !== undefined) catchAll(faults);
    const viewers = this.#viewers = new CarriedViewers({
      faults,
      onLeft: (viewer) => outbox.post({ type: "left", viewer }),
      onNews: () => outbox.wake(),
    });
    const answers = this.#answers = new RemoteAnswers(
      (event, owned) => outbox.post(event, owned),
      viewers,
    );
    const settings = { faults, upgradeWebSocket: denoUpgrade() };
    const options = {
      ...place,
      reusePort: true,
      makeReserve: (events: ReserveEvents) =>
        this.#reserve = new RemoteReserve(
          events,
          (event) => outbox.post(event),
        ),
      // The main thread does, when all threads refuse.
      onRefusing: () => {},
      onAccepting: () => outbox.post({ type: "accepting" }),
      onCutOff: (clients: number) => outbox.post({ type: "cut off", clients }),
    };
    const serve = await SERVERS[kind]();
    return await serve(
      (request, from) => answers.find(request, from),
      settings,
      options,
    );
  }
}

/** The servers by their kind: each thread loads one. */
const SERVERS = {
  deno: async () => {
    const load = () => import("../deno/deno_server.ts");
    return (await loadModule(load)).serveAnswersByDeno;
  },
  node: async () => {
    const load = () => import("../node/node_server.ts");
    return (await loadModule(load)).serveAnswersByNode;
  },
};

/** Makes the service of one thread. */
export function servingService(): EventService<
  ServingTask,
  ServingEvent,
  ServingNote
> {
  return new EventService(new Serving());
}

serveThread(SERVING_THREAD, servingService);
