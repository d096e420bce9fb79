import type { LogicalScreen } from "../../../src/gif/block.ts";
import { CHROMIUM } from "../../../tests/support/gif/chromium_decoder.ts";
import { bodiesOf, finishedGif } from "../check/finished_gif.ts";
import { follow, type Stream } from "../check/road.ts";
import { viewLate } from "../check/viewers.ts";
import type { runTrial } from "../in_process/run_trial.ts";
import { type Input, Inputs } from "../inputs/inputs.ts";
import { UsageError } from "../options.ts";
import { Chromium } from "./chromium_prints.ts";
import { compareOriginal, compareStream } from "./compare.ts";
import { ourPrintsOf } from "./our_prints.ts";
import { Reasons } from "./reasons.ts";

/** Inputs that the browser is given at a time. */
const BATCH = 100;
/** Of the screen, bounds the time: the browser decodes it for each picture. */
const MAX_PIXELS = 1 << 20;
/** ImageDecoder refuses more, though an `<img>` shows it. */
const MAX_SIDE_PIXELS = 32767;

/** An endless GIF, and the picture that it has to show at each of its parts. */
interface Live {
  name: string;
  bodies: Uint8Array[];
  parts: { picture: string }[];
  gif: Uint8Array;
}

interface Prepared {
  number: number;
  input: Input;
  lives: Live[];
}

/** Tries inputs beside Chromium. */
export const runBesideChromium: typeof runTrial = async (
  { seed, first, count },
  samples,
  { failures, progress, signal },
) => {
  if (!CHROMIUM.installed) {
    throw new UsageError("--browser needs Chromium: apt-get install chromium");
  }
  const inputs = new Inputs(seed, samples);
  const reasons = new Reasons();
  await using chromium = await Chromium.start();
  const end = first + count;
  for (let next = first; next < end && !signal.aborted; next += BATCH) {
    const numbers = Array.from(
      { length: Math.min(BATCH, end - next) },
      (_, i) => next + i,
    );
    const batch = numbers.map((number) => prepare(number, inputs.of(number)))
      .filter((prepared) => prepared !== undefined);
    reasons.leftOut += numbers.length - batch.length;
    for (
      const { number, input, message } of await tryBatch(
        batch,
        chromium,
        reasons,
      )
    ) {
      const { kind, bytes } = input;
      await failures.keep({ number, kind, message, bytes });
    }
    progress.show(
      next + numbers.length - first,
      `${reasons.pictures} pictures, ${failures.count} failed`,
    );
  }
  return `${await chromium.version()}\n${reasons}`;
};

/** All that the browser is to decode of an input. */
function prepare(number: number, input: Input): Prepared | undefined {
  const { bytes, random } = input;
  const width = bytes[6] | bytes[7] << 8, height = bytes[8] | bytes[9] << 8;
  if (isTooLarge({ width, height })) return undefined;
  const { streams } = follow([bytes.slice()], {
    delayCentiseconds: random.once(2) ? "source" : 2,
    onResize: random.once(4) ? "place" : "end",
  });
  const lives: Live[] = [];
  for (const [i, stream] of streams.entries()) {
    const { screen, parts } = stream;
    if (isTooLarge(screen)) return undefined;
    const bodies = bodiesOf(stream);
    const gif = finishedGif(screen, bodies);
    lives.push({ name: `stream ${i}`, bodies, parts, gif });
    const { from, keyframe, decibels } = viewLate(stream, random);
    if (decibels === Infinity) {
      lives.push(
        lateLive(`late viewer of stream ${i}`, stream, from, keyframe),
      );
    }
  }
  return { number, input, lives };
}

function isTooLarge({ width, height }: LogicalScreen): boolean {
  return width * height > MAX_PIXELS ||
    Math.max(width, height) > MAX_SIDE_PIXELS;
}

function lateLive(
  name: string,
  { screen, parts }: Stream,
  from: number,
  keyframe: Uint8Array,
): Live {
  const bodies = [keyframe, ...parts.slice(from + 1).map((p) => p.bytes)];
  const gif = finishedGif(screen, bodies);
  return { name, bodies, parts: parts.slice(from), gif };
}

async function tryBatch(
  batch: Prepared[],
  chromium: Chromium,
  reasons: Reasons,
) {
  const gifs = batch.flatMap(({ input, lives }) => [
    input.bytes,
    ...lives.map(({ gif }) => gif),
  ]);
  const found = await chromium.decode(gifs);
  const failed: { number: number; input: Input; message: string }[] = [];
  let at = 0;
  for (const { number, input, lives } of batch) {
    const { bytes } = input;
    const verdict = compareOriginal(bytes, ourPrintsOf(bytes), found[at++]);
    reasons.add(verdict, number);
    const messages: string[] = [];
    if (!verdict.same && !verdict.isKnown) {
      messages.push(`picture ${verdict.pictures}: ${verdict.reason}`);
    }
    for (const { name, bodies, parts } of lives) {
      const message = compareStream(bodies, parts, found[at++]);
      reasons.streams++;
      if (message !== undefined) messages.push(`${name}: ${message}`);
    }
    if (messages.length > 0) {
      failed.push({ number, input, message: messages.join("\n") });
    }
  }
  return failed;
}
