import { ensureDir } from "@std/fs/ensure-dir";
import { basename, join } from "@std/path";
import { Broken } from "./check/broken.ts";
import { checkInput } from "./check/check_input.ts";
import { follow } from "./check/road.ts";
import { type Input, Inputs } from "./inputs/inputs.ts";
import { Random } from "./inputs/random.ts";
import type { Samples } from "./inputs/samples.ts";
import type { FuzzOptions } from "./options.ts";

/** Tries one input and tells all that came of it; answers the exit code. */
export async function tellOne(
  options: FuzzOptions,
  samples: Samples,
): Promise<number> {
  const { seed, first, file, failures } = options;
  const input: Input = file === undefined
    ? new Inputs(seed, samples).of(first)
    : {
      kind: basename(file),
      bytes: await Deno.readFile(file),
      random: new Random(seed, first),
    };
  console.log(`${input.kind}, ${input.bytes.length} bytes`);
  if (file === undefined) {
    await ensureDir(failures);
    const path = join(failures, `input-${seed}-${first}.gif`);
    await Deno.writeFile(path, input.bytes);
    console.log(`written to ${path}`);
  }
  try {
    const began = performance.now();
    const { decibels } = await checkInput(input);
    tell(input.bytes);
    const time = performance.now() - began;
    console.log(`holds; ${decibels} dB, ${time.toFixed(0)} ms`);
    return 0;
  } catch (error) {
    console.error(error instanceof Broken ? `fails: ${error.message}` : error);
    return 1;
  }
}

function tell(bytes: Uint8Array): void {
  const { streams, warnings, refused } = follow([bytes.slice()], {
    delayCentiseconds: "source",
    onResize: "end",
  });
  for (const { screen: { width, height }, parts } of streams) {
    console.log(`stream of ${width}x${height}`);
    for (const [i, part] of parts.entries()) {
      const kind = part.keyframe ? "keyframe" : "change";
      console.log(
        `  part ${i}: ${kind}, ${part.bytes.length} bytes, ` +
          `${part.delayCentiseconds} hundredths, picture ${part.picture}`,
      );
    }
  }
  for (const { frame, message } of refused) {
    console.log(`refused after ${frame} frames: ${message}`);
  }
  for (const warning of warnings) console.log(`warning: ${warning}`);
}
