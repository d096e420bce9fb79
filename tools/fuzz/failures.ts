import { ensureDir } from "@std/fs/ensure-dir";
import { join } from "@std/path";
import type { FuzzOptions } from "./options.ts";

/** An input of which something does not hold. */
export interface Failure {
  /** Of the input, from the seed on. */
  number: number;
  kind: string;
  /** What does not hold, and where. */
  message: string;
  bytes: Uint8Array;
  /**
   * Options that try it again, besides the seed.
   *
   * @default {--only and the number}
   */
  again?: string;
}

/** Keeps inputs that failed in a folder, and says how to try them again. */
export class Failures {
  readonly #options: FuzzOptions;
  /** How many there were. */
  count = 0;

  constructor(options: FuzzOptions) {
    this.#options = options;
  }

  /** Writes the input and what was wrong. */
  async keep(failure: Failure): Promise<void> {
    const { number, kind, message, bytes } = failure;
    this.count++;
    const { failures, seed, way } = this.#options;
    await ensureDir(failures);
    const path = join(failures, `${way}-${seed}-${number}`);
    await Deno.writeFile(`${path}.gif`, bytes);
    const text = `${kind}, ${bytes.length} bytes\n${message}\n` +
      `${this.#again(failure)}\n`;
    await Deno.writeTextFile(`${path}.txt`, text);
    const [line] = message.split("\n");
    console.error(`Input ${number} failed: ${line}\n  ${this.#again(failure)}`);
  }

  #again({ number, again }: Failure): string {
    const { seed, way } = this.#options;
    const beside = way === "browser" ? " --browser 1" : "";
    return `deno run -A tools/fuzz/main.ts --seed ${seed} ` +
      (again ?? `--only ${number}${beside}`);
  }
}
