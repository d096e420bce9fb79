import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Canvas } from "../../src/gif/canvas/canvas.ts";
import { keyframe } from "../../src/gif/canvas/keyframe.ts";
import { GifError } from "../../src/gif/gif_error.ts";
import { decodeLzw } from "../../src/gif/lzw_decode.ts";
import { FrameReader } from "../../src/gif/read/frame_reader.ts";
import { framePart } from "../../src/gif/write/frame_part.ts";
import { drawing, gifOf } from "../support/gif/drawings.ts";
import { lzwCodes, packCodes } from "../support/gif/lzw_codes.ts";
import { Mutator } from "../support/gif/mutator.ts";

// FUZZ_SEED=7 FUZZ_RUNS=1000000 deno test -A tests/gif/fuzz_test.ts
const SEED = Number(Deno.env.get("FUZZ_SEED") ?? 2012);
const RUNS = Number(Deno.env.get("FUZZ_RUNS") ?? 100_000);
const MAX_PIXELS = 1 << 14;
/** Inputs kept because they did something new. */
const MAX_KEPT = 3000;
const MAX_GROWTH_BYTES = 16 * 1024 * 1024;

/**
 * Runs mutated inputs, and those again that did something new, as a fuzzer
 * does that sees the coverage of the code.
 *
 * @param run Says what an input did, without the numbers in it.
 */
function fuzz(
  seeds: Uint8Array[],
  run: (input: Uint8Array, mutator: Mutator) => string,
): void {
  const mutator = new Mutator(SEED);
  const inputs = seeds.slice();
  const known = new Set<string>();
  // What is in use right after a collection, in each quarter of the runs; the
  // first may fill caches. The process's own size would count other tests.
  const leastBytes = [Infinity, Infinity, Infinity, Infinity];
  for (let i = 0; i < RUNS; i++) {
    const input = mutator.mutate(inputs);
    let outcome: string;
    try {
      outcome = run(input, mutator);
    } catch (cause) {
      const hex = input.toHex();
      throw new Error(`run ${i} of seed ${SEED} failed: ${hex}`, { cause });
    }
    if (inputs.length < MAX_KEPT && !known.has(outcome)) {
      known.add(outcome);
      inputs.push(input);
    }
    const quarter = Math.floor(4 * i / RUNS);
    leastBytes[quarter] = Math.min(leastBytes[quarter], usedBytes());
  }
  const growth = leastBytes[3] - leastBytes[1];
  assert(growth < MAX_GROWTH_BYTES, `memory grew by ${growth} bytes`);
  assert(known.size > 10, `saw only ${known.size} outcomes`);
}

function usedBytes(): number {
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}

/** What a viewer makes of the input: ends of images, or the error. */
function play(input: Uint8Array, mutator: Mutator): string {
  const reader = new FrameReader({ maxPixels: MAX_PIXELS });
  const pieceBytes = 1 + mutator.below(input.length + 1);
  const outcomes: string[] = [];
  let canvas: Canvas | undefined;
  let steps = 0;
  try {
    for (let at = 0; at <= input.length; at += pieceBytes) {
      reader.push(input.slice(at, at + pieceBytes));
      if (at + pieceBytes > input.length) reader.end();
      for (let frame = reader.next(); frame; frame = reader.next()) {
        assert(++steps <= input.length, "more frames than bytes");
        canvas ??= new Canvas(frame.screen, { maxPixels: MAX_PIXELS });
        const { disposal = 0, transparent = false } = frame.graphicControl ??
          {};
        const end = canvas.draw(frame);
        outcomes.push(`${end} ${disposal} ${transparent} ${frame.standalone}`);
        canvas.drawPart(framePart(frame).bytes);
      }
    }
  } catch (error) {
    if (!(error instanceof GifError)) throw error;
    assert(/^Cannot read/.test(error.message), error.message);
    outcomes.push(error.message.replaceAll(/\d+|0x\w\w/g, "#"));
  }
  if (canvas !== undefined && mutator.below(8) === 0) {
    const viewer = new Canvas(canvas.screen);
    viewer.drawPart(keyframe(canvas, { maxLayers: 255 }));
    assertEquals(viewer.pixels, canvas.pixels);
  }
  return outcomes.slice(0, 3).join(";");
}

/** Decodes between guards; says how it ended and how far it came. */
function decode(input: Uint8Array, mutator: Mutator): string {
  const pixels = mutator.below(3000);
  const guarded = new Uint8Array(pixels + 32).fill(0xaa);
  const result = decodeLzw(input, guarded.subarray(16, 16 + pixels));
  for (let i = 0; i < 16; i++) {
    assertEquals(guarded[i], 0xaa);
    assertEquals(guarded[16 + pixels + i], 0xaa);
  }
  assert(result.pixels <= pixels);
  assert(result.offset <= input.length);
  if (result.end === "complete") assertEquals(result.pixels, pixels);
  else assert(result.pixels < pixels || result.end === "invalid-code-size");
  const limit = 1 << (input[0] ?? 0);
  for (let i = 0; i < result.pixels; i++) assert(guarded[16 + i] < limit);
  const length = 32 - Math.clz32(result.pixels);
  return `${result.end} ${length} ${input[0]}`;
}

Deno.test("FrameReader and Canvas play or refuse whatever bytes there are", () => {
  const drawings = fc.sample(drawing, { numRuns: 100, seed: SEED });
  fuzz(drawings.map(gifOf), play);
});

Deno.test("decodeLzw() stays within its bounds whatever bytes there are", () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((size) =>
    [5, 300, 3000].map((length) => {
      const indices = Array.from(
        { length },
        (_, i) => i * i % 7 % (1 << size),
      );
      return packCodes(lzwCodes(indices, size), size, 1 + length % 254);
    })
  );
  fuzz(seeds, decode);
});
