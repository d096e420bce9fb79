import { Broken } from "../check/broken.ts";
import { type Checked, checkInput } from "../check/check_input.ts";
import type { Failure } from "../failures.ts";
import type { Inputs } from "../inputs/inputs.ts";
import { emptyTally, type Tally } from "./tally.ts";

/** Time that one input may take a server. */
const MAX_MILLISECONDS = 2000;
const MAX_GROWTH_BYTES = 32 * 1024 * 1024;
/** Fewer do not show whether memory grows: caches fill first. */
const LEAST_FOR_MEMORY = 4000;

/** Where the trying is, for those who watch. */
export interface Trial {
  first: number;
  count: number;
  /** Called before each input; false ends the trial. */
  onInput?: (number: number, soFar: Tally) => boolean;
  onFailure: (failure: Failure) => void;
}

/** Tries inputs one after another, in this thread. */
export async function tryInputs(
  inputs: Inputs,
  { first, count, onInput = () => true, onFailure }: Trial,
): Promise<Tally> {
  const tally = emptyTally();
  const memory = new MemoryWatch(count);
  for (let number = first; number < first + count; number++) {
    if (!onInput(number, tally)) break;
    const input = inputs.of(number);
    const { kind, bytes } = input;
    const fail = (message: string) =>
      onFailure({ number, kind, message, bytes });
    try {
      const checked = await checkInput(input);
      note(tally, number, checked);
      const { milliseconds } = checked;
      if (milliseconds > MAX_MILLISECONDS) {
        fail(`took ${milliseconds.toFixed(0)} ms`);
      }
    } catch (error) {
      fail(inWords(error));
    }
    tally.inputs++;
    memory.look(number - first);
    tally.grownBytes = memory.grownBytes;
  }
  if (memory.grownBytes > MAX_GROWTH_BYTES) {
    const message = `memory grew by ${memory.grownBytes} bytes`;
    const bytes = new Uint8Array();
    onFailure({ number: first, kind: "all inputs", message, bytes });
  }
  return tally;
}

function note(tally: Tally, number: number, checked: Checked): void {
  const { outcome, decibels, milliseconds } = checked;
  const { frames, refused, warnings } = outcome;
  if (refused.length + warnings.length > 0) tally.refused++;
  else tally.valid++;
  if (frames.length === 0) tally.dark++;
  tally.parts += frames.length;
  if (milliseconds > tally.slowest.milliseconds) {
    tally.slowest = { milliseconds, number };
  }
  tally.worstDecibels = Math.min(tally.worstDecibels, decibels);
}

function inWords(error: unknown): string {
  if (error instanceof Broken) return error.message;
  if (error instanceof Error) return error.stack ?? error.message;
  return String(error);
}

/** What is in use right after a collection, in each quarter of the trial. */
class MemoryWatch {
  readonly #count: number;
  readonly #least = [Infinity, Infinity, Infinity, Infinity];

  constructor(count: number) {
    this.#count = count;
  }

  look(done: number): void {
    const { heapUsed, external } = Deno.memoryUsage();
    const quarter = Math.min(3, Math.floor(4 * done / this.#count));
    const least = this.#least;
    least[quarter] = Math.min(least[quarter], heapUsed + external);
  }

  get grownBytes(): number {
    const [, second, , fourth] = this.#least;
    if (this.#count < LEAST_FOR_MEMORY || fourth === Infinity) return 0;
    return Math.max(0, fourth - second);
  }
}
