import type { ServerSentEventMessage } from "@std/http/server-sent-event-stream";
import { STATUS_CODE } from "@std/http/status";
import type { Channel } from "../../../channel/channel.ts";
import type { ChannelStatus } from "../../../channel/channel_status.ts";
import type { Channels } from "../../../channel/channels.ts";
import { CutOffError } from "../../../channel/viewers/cut_off_error.ts";
import type { ViewerConnection } from "../../../channel/viewers/viewer_connection.ts";
import { ViewerLimit } from "../../../channel/viewers/viewer_limit.ts";
import { Faults } from "../../../log/faults.ts";
import { HttpError } from "../../answer/http_error.ts";
import { EventEncoder } from "./event_encoder.ts";

/** Most who listen at a time. */
export const MAX_LISTENERS = 100;
const TICK_MILLISECONDS = 1000;
/** Proxies take a connection for dead that is quiet for much longer. */
const QUIET_TICKS = 15;
/** After so long without news comes a comment. */
export const QUIET_SECONDS = QUIET_TICKS * TICK_MILLISECONDS / 1000;
/** Ticks after which a listener that takes nothing is cut off. */
const STALL_TICKS = 30;
/** Time after which browsers come back. */
const RETRY_MILLISECONDS = 2000;

interface Listener {
  /** True if the listener has got everything so far. */
  upToDate: boolean;
  /** Number of ticks for which it has had no room. */
  ticksWithoutRoom: number;
}

/** Options of {@linkcode EventHub}. */
export interface EventHubOptions {
  /** Time between two looks for changes. */
  tickMilliseconds?: number;
  /** Counts what goes wrong in between. */
  faults?: Faults;
}

/**
 * Tells any number of listeners what the channels do. What is told is made
 * once for all of them; one that is slow misses what it has no room for, and
 * is then told the whole state anew.
 */
export class EventHub {
  readonly #channels: Channels;
  readonly #tickMilliseconds: number;
  readonly #faults: Faults;
  readonly #limit = new ViewerLimit(MAX_LISTENERS);
  readonly #listeners = new Map<ViewerConnection, Listener>();
  readonly #encoder = new EventEncoder();
  /** The last event of each channel, by name. */
  readonly #told = new Map<string, string>();
  #quietTicks = 0;
  /** Ends what goes on only while somebody listens. */
  #stop: (() => void) | undefined;

  /**
   * @param channels What is told of.
   * @param options How often it is looked for changes, and who is told of
   * faults.
   */
  constructor(channels: Channels, options: EventHubOptions = {}) {
    const { tickMilliseconds = TICK_MILLISECONDS } = options;
    this.#channels = channels;
    this.#tickMilliseconds = tickMilliseconds;
    this.#faults = options.faults ?? new Faults();
  }

  /**
   * Lets one listen.
   *
   * @returns What to call when it goes away by itself.
   * @throws {TooManyViewersError} If too many do.
   * @throws {HttpError} If the channels were closed.
   */
  attach(connection: ViewerConnection): () => void {
    if (this.#channels.closed) {
      const words = "The server is about to end.";
      throw new HttpError(STATUS_CODE.ServiceUnavailable, words);
    }
    this.#limit.enter();
    this.#listeners.set(connection, { upToDate: false, ticksWithoutRoom: 0 });
    this.#stop ??= this.#start();
    this.#tellAll(connection);
    return () => this.#remove(connection);
  }

  #start(): () => void {
    for (const channel of this.#channels) this.#note(channel.status());
    const unfollow = this.#channels.follow({
      added: (channel) => this.#tellAdded(channel),
      removed: ({ name }) => {
        this.#told.delete(name);
        this.#tell("removed", { name });
      },
      closed: () => this.#end(),
    });
    const timer = setInterval(
      () => this.#faults.guard("timer", () => this.#tick()),
      this.#tickMilliseconds,
    );
    return () => {
      clearInterval(timer);
      unfollow();
      this.#told.clear();
    };
  }

  #tick(): void {
    for (const [connection, listener] of this.#listeners) {
      this.#guard(connection, () => this.#lookAfter(connection, listener));
    }
    const changed = [...this.#channels]
      .map((channel) => channel.status())
      .filter((status) => this.#note(status));
    if (changed.length > 0) this.#tell("status", { channels: changed });
    else if (++this.#quietTicks >= QUIET_TICKS) this.#send({ comment: "" });
  }

  /** Sends everything to a listener that has room again, or cuts it off. */
  #lookAfter(connection: ViewerConnection, listener: Listener): void {
    if (connection.hasRoom) {
      listener.ticksWithoutRoom = 0;
      if (!listener.upToDate) this.#tellAll(connection);
    } else if (++listener.ticksWithoutRoom >= STALL_TICKS) {
      this.#remove(connection);
      const seconds = STALL_TICKS * this.#tickMilliseconds / 1000;
      const message = `Listener cut off: it took nothing: ${seconds} s`;
      connection.abort(new CutOffError(message));
    }
  }

  /** Keeps what is told; false if that was told before. */
  #note(status: ChannelStatus): boolean {
    // That time passes is no news.
    const news = JSON.stringify({
      ...status,
      lastFrameAgeMilliseconds: 0,
      retryMilliseconds: status.retryMilliseconds === null ? null : 0,
    });
    if (this.#told.get(status.name) === news) return false;
    this.#told.set(status.name, news);
    return true;
  }

  #tellAdded(channel: Channel): void {
    const status = channel.status();
    this.#note(status);
    this.#tell("added", status);
  }

  /** Tells one the state of everything. */
  #tellAll(connection: ViewerConnection): void {
    const channels = [...this.#channels].map((channel) => channel.status());
    const data = JSON.stringify({ channels });
    const retry = RETRY_MILLISECONDS;
    this.#encoder.send({ event: "channels", data, retry }, (bytes) => {
      const listener = this.#listeners.get(connection);
      if (listener === undefined) return;
      listener.upToDate = true;
      this.#guard(connection, () => connection.send(bytes));
    });
  }

  #tell(event: string, data: unknown): void {
    this.#send({ event, data: JSON.stringify(data) });
  }

  #send(message: ServerSentEventMessage): void {
    this.#quietTicks = 0;
    this.#encoder.send(message, (bytes) => {
      for (const [connection, listener] of this.#listeners) {
        if (!listener.upToDate) continue;
        this.#guard(connection, () => {
          if (connection.hasRoom) connection.send(bytes);
          else listener.upToDate = false;
        });
      }
    });
  }

  /** Does something with a listener, who is cut off if it cannot be done. */
  #guard(connection: ViewerConnection, act: () => void): void {
    this.#faults.guard("viewer", act, () => {
      this.#remove(connection);
      connection.abort(new CutOffError("Listener cut off: cannot send"));
    });
  }

  #end(): void {
    for (const connection of [...this.#listeners.keys()]) {
      this.#guard(connection, () => {
        this.#remove(connection);
        connection.end();
      });
    }
  }

  #remove(connection: ViewerConnection): void {
    if (!this.#listeners.delete(connection)) return;
    this.#limit.leave();
    if (this.#listeners.size > 0) return;
    this.#stop?.();
    this.#stop = undefined;
  }
}
