/**
 * Tries inputs in a thread, which can be given up if one takes for ever.
 *
 * @module
 */

/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

import type { Failure } from "../failures.ts";
import { Inputs } from "../inputs/inputs.ts";
import type { Samples } from "../inputs/samples.ts";
import type { Tally } from "./tally.ts";
import { tryInputs } from "./try_inputs.ts";

/** What the thread is asked for. */
export interface TrialRequest {
  seed: number;
  samples: Samples;
  first: number;
  count: number;
  /** Shared: see {@linkcode BOARD}. */
  board: Int32Array;
}

/** What the thread tells. */
export type TrialAnswer = { failure: Failure } | { tally: Tally };

/** Places on the board that both threads see. */
export const BOARD = { number: 0, stop: 1, parts: 2, length: 3 };

self.onmessage = async ({ data }: MessageEvent<TrialRequest>) => {
  const { seed, samples, first, count, board } = data;
  const tell = (answer: TrialAnswer) => self.postMessage(answer);
  const tally = await tryInputs(new Inputs(seed, samples), {
    first,
    count,
    onInput(number, { parts }) {
      Atomics.store(board, BOARD.number, number);
      Atomics.store(board, BOARD.parts, parts);
      return Atomics.load(board, BOARD.stop) === 0;
    },
    onFailure: (failure) => tell({ failure }),
  });
  tell({ tally });
};
