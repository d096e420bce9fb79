/**
 * The state of all channels, as it comes bit by bit.
 *
 * @module
 */

/** @import { Status } from "../status.js" */

/**
 * What the server tells: everything, or what is new since it told before.
 *
 * @typedef {object} Told
 * @property {number} nowMilliseconds The server's clock.
 * @property {Status[]} [channels]
 * @property {(Partial<Status> & { name: string })[]} [changes]
 * @property {string[]} [removed]
 */

/** Puts together what is told. */
export class ToldStatuses {
  /** By name. @type {Map<string, Status>} */
  #statuses = new Map();

  /**
   * @param {Told} told
   * @returns {Status[]} The state of all channels.
   */
  take({ channels, changes = [], removed = [] }) {
    if (channels !== undefined) this.#statuses.clear();
    for (const name of removed) this.#statuses.delete(name);
    for (const change of channels ?? changes) {
      const before = this.#statuses.get(change.name);
      // A channel that is new is told with all fields.
      const status = /** @type {Status} */ ({ ...before, ...change });
      this.#statuses.set(change.name, status);
    }
    return [...this.#statuses.values()];
  }
}
