/**
 * The windows of this browser on this server. Over HTTP/1.1 they have six
 * connections together, and a picture without a WebSocket takes one for good.
 * So no more windows than leave some for the rest show it, those that have
 * wanted it longest; and they tell each other the state.
 *
 * @module
 */

/** @import { Status } from "./status.js" */

/** Two connections are left for pages, the state and stills. */
const MOST_STREAMS = 4;
/** Time for others to answer. */
const ANSWER_MILLISECONDS = 200;
const REPEAT_MILLISECONDS = 1000;
/** A window that was not heard for so long is gone. */
const GONE_MILLISECONDS = 4000;

/**
 * @typedef {object} WindowMessage
 * @property {number} id
 * @property {number} [since] When it began to want a stream; 0: it wants none.
 * @property {boolean} [asks] Whether others are to answer at once.
 * @property {Status[]} [statuses]
 */

/**
 * @typedef {object} WindowsListener
 * @property {(statuses: Status[]) => void} onStatuses Another window tells.
 * @property {() => void} onChange There is room, or none any more.
 */

/** Those besides this one. */
export class Windows {
  /** Whether this one may have a stream; undefined: not known yet. */
  mayStream = /** @type {boolean | undefined} */ (undefined);
  /** When another one told the state, by performance.now(). */
  heardMilliseconds = -Infinity;
  #listener;
  #id = Math.random();
  #since = 0;
  #timer = 0;
  /** @type {Map<number, { since: number, heardMilliseconds: number }>} */
  #others = new Map();
  /** @type {BroadcastChannel | undefined} */
  #channel;

  /** @param {WindowsListener} listener */
  constructor(listener) {
    this.#listener = listener;
    if (!("BroadcastChannel" in globalThis)) return;
    const folder = location.pathname.replace(/[^/]*$/, "");
    this.#channel = new BroadcastChannel("gifstream " + folder);
    this.#channel.onmessage = ({ data }) => this.#hear(data);
  }

  /** @param {Status[]} statuses The state, for the others. */
  tell(statuses) {
    this.#post({ statuses });
  }

  /** @param {boolean} wants Whether this one wants a stream. */
  want(wants) {
    if (wants === this.#since > 0) return;
    clearTimeout(this.#timer);
    this.#since = wants ? Date.now() : 0;
    this.mayStream = this.#channel === undefined || undefined;
    this.#post({ since: this.#since, asks: wants });
    if (wants) {
      this.#timer = setTimeout(() => this.#repeat(), ANSWER_MILLISECONDS);
    }
  }

  /** @param {WindowMessage} message */
  #hear({ id, since, asks, statuses }) {
    const now = performance.now();
    if (statuses !== undefined) {
      this.heardMilliseconds = now;
      this.#listener.onStatuses(statuses);
    }
    if (since === undefined) return;
    if (since > 0) this.#others.set(id, { since, heardMilliseconds: now });
    else this.#others.delete(id);
    if (asks && this.#since > 0) this.#post({ since: this.#since });
    if (since === 0 && this.mayStream === false) this.#decide();
  }

  #repeat() {
    this.#post({ since: this.#since });
    this.#decide();
    this.#timer = setTimeout(() => this.#repeat(), REPEAT_MILLISECONDS);
  }

  #decide() {
    const oldest = performance.now() - GONE_MILLISECONDS;
    let before = 0;
    this.#others.forEach(({ since, heardMilliseconds }, id) => {
      const isFirst = since < this.#since ||
        since === this.#since && id < this.#id;
      if (isFirst && heardMilliseconds > oldest) before++;
    });
    const mayStream = before < MOST_STREAMS;
    if (mayStream === this.mayStream) return;
    this.mayStream = mayStream;
    this.#listener.onChange();
  }

  /** @param {Omit<WindowMessage, "id">} message */
  #post(message) {
    if (this.#channel === undefined) return;
    this.#channel.postMessage({ id: this.#id, ...message });
  }
}
