/**
 * A client of the W3C's WebDriver protocol, as far as the tests need it.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { errorMessage } from "../../../src/system/error_message.ts";

/** What a driver says of a page that goes away. */
const UNLOADED = /before the unload event/;

/** A browser that a driver has started. */
export class WebDriverSession {
  readonly #address: string;

  private constructor(address: string) {
    this.#address = address;
  }

  /** Starts a browser by a driver that listens at an origin. */
  static async create(
    origin: string,
    capabilities: Record<string, unknown>,
  ): Promise<WebDriverSession> {
    const { sessionId } = await command<{ sessionId: string }>(
      "POST",
      `${origin}/session`,
      { capabilities: { alwaysMatch: capabilities } },
    );
    return new WebDriverSession(`${origin}/session/${sessionId}`);
  }

  /** Opens an address. */
  async open(url: string): Promise<void> {
    await command("POST", `${this.#address}/url`, { url });
  }

  /**
   * The value of an expression in the page; asked again of the next page if
   * this one goes away meanwhile.
   */
  async evaluate<T = unknown>(expression: string): Promise<T> {
    for (;;) {
      try {
        return await command("POST", `${this.#address}/execute/sync`, {
          script: `return (${expression})`,
          args: [],
        });
      } catch (error) {
        if (!UNLOADED.test(errorMessage(error))) throw error;
        await delay(20);
      }
    }
  }

  /** Moves and clicks the mouse, or types, as a person does. */
  async act(source: { type: string } & Record<string, unknown>): Promise<void> {
    const actions = [{ id: source.type, ...source }];
    await command("POST", `${this.#address}/actions`, { actions });
  }

  /** Opens another tab, and acts on it from now on. */
  async openTab(): Promise<string> {
    const { handle } = await command<{ handle: string }>(
      "POST",
      `${this.#address}/window/new`,
      { type: "tab" },
    );
    await this.switchTo(handle);
    return handle;
  }

  /** Acts on another tab from now on. */
  async switchTo(handle: string): Promise<void> {
    await command("POST", `${this.#address}/window`, { handle });
  }

  /** The tab acted on. */
  async currentTab(): Promise<string> {
    return await command("GET", `${this.#address}/window`);
  }

  /** Ends the browser. */
  async end(): Promise<void> {
    await command("DELETE", this.#address);
  }
}

async function command<T>(
  method: string,
  address: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(address, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const { value } = await response.json();
  if (response.ok) return value;
  throw new Error(`Cannot drive the browser: ${value.error} ${value.message}`);
}
