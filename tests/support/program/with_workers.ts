/**
 * The program with two workers, and its viewers.
 *
 * @module
 */

import { watch } from "../http/watch.ts";
import { Program } from "./program.ts";

/** The token of senders. */
export const TOKEN = "let-me-in";

/** Starts the program with two workers at any port. */
export function withWorkers(
  args: string[],
  options: { permissions?: string[] } = {},
): Program {
  return new Program({
    args: [...args, "--workers", "2", "--port", "0"],
    env: { GIFSTREAM_TOKEN: TOKEN },
    ...options,
  });
}

/** The pictures that a viewer is shown, until its GIF ends. */
export class ShadeViewer {
  /** The red of the first pixel of each. */
  readonly shades: number[] = [];
  readonly end: Promise<void>;

  /** @param address Where the GIF is. */
  constructor(address: string) {
    this.end = this.#watch(address);
  }

  async #watch(address: string): Promise<void> {
    for await (const { rgba } of watch(address)) this.shades.push(rgba[0]);
  }
}
