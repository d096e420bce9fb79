import type { Answering, Client } from "../connection/client.ts";
import type { FloodGuard, Sending } from "./flood_guard.ts";
import type { Address } from "./system_sockets.ts";

/** The client of one request. */
export class GuardedClient implements Client {
  readonly #guard: FloodGuard;
  readonly #address: Address;
  readonly #sending: Sending;

  /**
   * @param guard Looks at its connection.
   * @param address Its end of it.
   * @param sending The bytes that it may send while it is answered.
   */
  constructor(guard: FloodGuard, address: Address, sending: Sending) {
    this.#guard = guard;
    this.#address = address;
    this.#sending = sending;
  }

  beforeUpgrade(): (() => void) | undefined {
    return this.#guard.beforeUpgrade(this.#address);
  }

  watch(answering: Answering): () => void {
    const sending = this.#sending;
    return this.#guard.watch(this.#address, { ...answering, sending });
  }

  noticeSlow(): void {
    this.#guard.noticeSlow(this.#address);
  }

  hasDrained(): boolean {
    return this.#guard.hasDrained(this.#address);
  }

  hangUp(): void {
    this.#guard.hangUp(this.#address);
  }
}
