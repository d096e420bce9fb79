/**
 * Inputs sent to a running gifstream, which is watched meanwhile.
 *
 * @module
 */

import type { runTrial } from "../in_process/run_trial.ts";
import { Inputs } from "../inputs/inputs.ts";
import { LiveTrial } from "./live_trial.ts";

/** Inputs of the three ways between good GIFs. */
const BATCH = 30;

/** Sends inputs, half of them with each of the answers to a new size. */
export const runLive: typeof runTrial = async (
  { seed, first, count },
  samples,
  { failures, progress, signal },
) => {
  const inputs = new Inputs(seed, samples);
  const words: string[] = [];
  const half = BATCH * Math.ceil(count / 2 / BATCH);
  let done = 0;
  for (const onResize of ["end", "place"]) {
    const from = first + done;
    const until = onResize === "end"
      ? Math.min(first + half, first + count)
      : first + count;
    if (from >= until || signal.aborted) continue;
    await using trial = await LiveTrial.start(onResize);
    for (let next = from; next < until && !signal.aborted; next += BATCH) {
      const numbers = Array.from(
        { length: Math.min(BATCH, until - next) },
        (_, i) => next + i,
      );
      const batch = numbers.map((number) => inputs.of(number).bytes);
      const problems = await trial.send(batch);
      done += numbers.length;
      for (const { way, message } of problems) {
        await failures.keep({
          number: next,
          kind: `${numbers.length} inputs, by ${way}`,
          message,
          bytes: new Uint8Array(await new Blob(batch as BlobPart[]).bytes()),
          again: `--first ${next} --live ${numbers.length}`,
        });
      }
      if (trial.isOver) break;
      progress.show(done, `${trial.images} images, ${failures.count} failed`);
    }
    for (const message of await trial.end()) {
      const number = from, bytes = new Uint8Array();
      await failures.keep({ number, kind: "all inputs", message, bytes });
    }
    words.push(`on resize ${onResize}:`, ...trial.report());
  }
  return `inputs    ${done}\n${words.join("\n")}`;
};
