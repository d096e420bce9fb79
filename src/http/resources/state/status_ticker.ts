import type { ChannelStatus } from "../../../channel/channel_status.ts";
import type { Channels } from "../../../channel/channels.ts";
import type { ViewerConnection } from "../../../channel/viewers/viewer_connection.ts";
import type { Faults } from "../../../log/faults.ts";
import { ToldStatuses } from "../wall/told_statuses.ts";

const TICK_MILLISECONDS = 2000;
const encoder = new TextEncoder();

/** The amount that viewers are told: all again and again, or what is new. */
export type Telling = "yes" | "changes";

/** Fields of a channel that a page needs besides its name. */
const TOLD_CHANGES = [
  "title",
  "width",
  "height",
  "viewers",
  "frames",
  "unchangedFrames",
  "framesPerSecond",
  "publishedBytes",
  "lastFrameAgeMilliseconds",
  "smoothedLatencyMilliseconds",
  "retryMilliseconds",
  "source",
] as const satisfies (keyof ChannelStatus)[];

type ToldStatus = Pick<ChannelStatus, "name" | typeof TOLD_CHANGES[number]>;

/**
 * Tells viewers how all channels do, beside the pictures on the same
 * connection, as JSON: `{ nowMilliseconds, channels }`, and, where changes are
 * told, `{ nowMilliseconds, changes, removed }` from the second message on. It
 * is made once for all of them; one that has no room misses it, and is then
 * told everything.
 */
class StatusTicker {
  readonly #channels: Channels;
  readonly #faults: Faults;
  readonly #telling: Telling;
  readonly #told = new ToldStatuses<ToldStatus>();
  /** The viewers; false: they have missed something. */
  readonly #listeners = new Map<ViewerConnection, boolean>();
  #timer: ReturnType<typeof setInterval> | undefined;

  /**
   * @param channels What is told of.
   * @param faults Counts what goes wrong.
   */
  constructor(channels: Channels, faults: Faults, telling: Telling) {
    this.#channels = channels;
    this.#faults = faults;
    this.#telling = telling;
  }

  /** Tells a viewer from now on; returns a function to stop. */
  attach(connection: ViewerConnection): () => void {
    if (this.#listeners.size === 0) this.#changes();
    connection.send(this.#everything());
    this.#listeners.set(connection, true);
    this.#timer ??= setInterval(
      () => this.#faults.guard("timer", () => this.#tick()),
      TICK_MILLISECONDS,
    );
    return () => {
      this.#listeners.delete(connection);
      if (this.#listeners.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  #tick(): void {
    const isAll = this.#telling === "yes";
    const news = isAll ? this.#everything() : message(this.#changes());
    let everything: Uint8Array | undefined;
    for (const [connection, isUpToDate] of this.#listeners) {
      this.#listeners.set(connection, false);
      this.#faults.guard("viewer", () => {
        if (!connection.hasRoom) return;
        connection.send(
          isUpToDate ? news : everything ??= this.#everything(),
        );
        this.#listeners.set(connection, true);
      });
    }
  }

  /** All that viewers know, or, where no changes are told, all that there is. */
  #everything(): Uint8Array {
    const channels = this.#telling === "yes"
      ? Array.from(this.#channels, (channel) => channel.status())
      : this.#told.all;
    return message({ channels });
  }

  #changes() {
    const statuses = Array.from(
      this.#channels,
      (channel) => toldOf(channel.status()),
    );
    const names = new Set(statuses.map(({ name }) => name));
    const removed = this.#told.all.map(({ name }) => name)
      .filter((name) => !names.has(name));
    for (const name of removed) this.#told.delete(name);
    return { changes: this.#told.changesTo(statuses), removed };
  }
}

function toldOf(status: ChannelStatus): ToldStatus {
  const { name } = status;
  const fields = TOLD_CHANGES.map((field) => [field, status[field]] as const);
  return { name, ...Object.fromEntries(fields) } as ToldStatus;
}

function message(about: object): Uint8Array {
  const nowMilliseconds = performance.timeOrigin + performance.now();
  return encoder.encode(JSON.stringify({ nowMilliseconds, ...about }));
}

/** The tickers of each set of channels, made for the first viewer. */
const tickers = {
  yes: new WeakMap<Channels, StatusTicker>(),
  changes: new WeakMap<Channels, StatusTicker>(),
};

/**
 * Sends a viewer the state of all channels beside the pictures.
 *
 * @param attach Lets the viewer in to the pictures.
 * @returns What to call when the viewer goes away by itself.
 */
export function attachWithStatus(
  { channels, faults, telling }: {
    channels: Channels;
    faults: Faults;
    telling: Telling;
  },
  connection: ViewerConnection,
  attach: (connection: ViewerConnection) => () => void,
): () => void {
  let stop = () => {};
  const leave = attach({
    get hasRoom() {
      return connection.hasRoom;
    },
    send: (bytes) => connection.send(bytes),
    end() {
      stop();
      connection.end();
    },
    abort(reason) {
      stop();
      connection.abort(reason);
    },
  });
  const ticker = tickers[telling].get(channels) ??
    new StatusTicker(channels, faults, telling);
  tickers[telling].set(channels, ticker);
  try {
    stop = ticker.attach(connection);
  } catch (error) {
    leave();
    throw error;
  }
  return () => {
    stop();
    leave();
  };
}
