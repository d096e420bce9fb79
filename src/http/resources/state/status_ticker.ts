import type { Channels } from "../../../channel/channels.ts";
import type { ViewerConnection } from "../../../channel/viewers/viewer_connection.ts";
import type { Faults } from "../../../log/faults.ts";

const TICK_MILLISECONDS = 2000;
const encoder = new TextEncoder();

/**
 * Tells viewers how all channels do, beside the pictures on the same
 * connection, as JSON: `{ nowMilliseconds, channels }`. It is made once for
 * all of them; one that has no room misses it.
 */
class StatusTicker {
  readonly #channels: Channels;
  readonly #faults: Faults;
  readonly #listeners = new Set<ViewerConnection>();
  #timer: ReturnType<typeof setInterval> | undefined;

  /**
   * @param channels What is told of.
   * @param faults Counts what goes wrong.
   */
  constructor(channels: Channels, faults: Faults) {
    this.#channels = channels;
    this.#faults = faults;
  }

  /** Tells a viewer from now on; returns a function to stop. */
  attach(connection: ViewerConnection): () => void {
    this.#listeners.add(connection);
    connection.send(this.#message());
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
    const message = this.#message();
    for (const connection of this.#listeners) {
      this.#faults.guard("viewer", () => {
        if (connection.hasRoom) connection.send(message);
      });
    }
  }

  #message(): Uint8Array {
    const nowMilliseconds = performance.timeOrigin + performance.now();
    const channels = [...this.#channels].map((channel) => channel.status());
    return encoder.encode(JSON.stringify({ nowMilliseconds, channels }));
  }
}

/** The ticker of each set of channels, made for the first viewer. */
const tickers = new WeakMap<Channels, StatusTicker>();

/**
 * Sends a viewer the state of all channels beside the pictures.
 *
 * @param attach Lets the viewer in to the pictures.
 * @returns What to call when the viewer goes away by itself.
 */
export function attachWithStatus(
  { channels, faults }: { channels: Channels; faults: Faults },
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
  const ticker = tickers.get(channels) ?? new StatusTicker(channels, faults);
  tickers.set(channels, ticker);
  stop = ticker.attach(connection);
  return () => {
    stop();
    leave();
  };
}
