import { assert, assertEquals, assertThrows } from "@std/assert";
import { streamHeader } from "../../src/entries/gif.ts";
import { Broken } from "../../tools/fuzz/check/broken.ts";
import { checkInput } from "../../tools/fuzz/check/check_input.ts";
import { goodGif } from "../../tools/fuzz/check/good_gif.ts";
import { viewKeyframes } from "../../tools/fuzz/check/viewers.ts";
import type { Failure } from "../../tools/fuzz/failures.ts";
import { tryInputs } from "../../tools/fuzz/in_process/try_inputs.ts";
import { blocksOf } from "../../tools/fuzz/inputs/blocks.ts";
import { Inputs } from "../../tools/fuzz/inputs/inputs.ts";
import { Random } from "../../tools/fuzz/inputs/random.ts";
import { StrictGif } from "../../tools/fuzz/live/strict_gif.ts";
import { readOptions, UsageError } from "../../tools/fuzz/options.ts";
import { follow } from "../../tools/fuzz/check/road.ts";
import { bytes, graphicControl, image } from "../support/gif/gif_bytes.ts";

// More of them: deno run -A tools/fuzz/main.ts --help
const SEED = 2012;
const COUNT = 500;
const NO_SAMPLES = { all: [], small: [], leftOut: [] };

Deno.test("random GIFs and mutants of them hold", async () => {
  const failures: Failure[] = [];
  const tally = await tryInputs(new Inputs(SEED, NO_SAMPLES), {
    first: 0,
    count: COUNT,
    onFailure: (failure) => failures.push(failure),
  });
  assertEquals(failures.map(({ number, message }) => [number, message]), []);
  assertEquals(tally.inputs, COUNT);
  assert(tally.valid > COUNT / 3, `only ${tally.valid} are valid`);
  assert(tally.refused > COUNT / 10, `only ${tally.refused} are refused`);
  assert(tally.parts > COUNT, `only ${tally.parts} parts`);
});

Deno.test("an input is the same again for its seed and number", () => {
  for (const number of [0, 7, 99]) {
    const [one, two] = [1, 2].map(() =>
      new Inputs(SEED, NO_SAMPLES).of(number).bytes
    );
    assertEquals(one, two);
    assertEquals(bytes(...blocksOf(one)), one);
  }
});

Deno.test("a keyframe that needs what was before it is found", async () => {
  const gif = goodGif(5);
  const { outcome } = await checkInput({
    kind: "good",
    bytes: gif,
    random: new Random(1, 1),
  });
  const [stream] = outcome.streams;
  viewKeyframes(stream, new Random(1, 1));
  const hole = bytes(
    graphicControl({ transparentIndex: 0 }),
    image({ ...stream.screen, colors: 2 }),
  );
  const wrong = { ...stream.parts[0], bytes: hole };
  assertThrows(
    () => viewKeyframes({ ...stream, parts: [wrong] }, new Random(1, 1)),
    Broken,
    "part 0",
  );
});

Deno.test("StrictGif takes what gifstream makes, and no other GIF", () => {
  const { streams: [{ screen, parts: [part] }] } = follow([goodGif(0x302010)], {
    delayCentiseconds: 2,
    onResize: "end",
  });
  const gif = new StrictGif();
  gif.push(bytes(streamHeader(screen), part.bytes, 0x3b));
  assertEquals([gif.images, gif.ended], [1, true]);
  assertEquals(gif.pixels[0], 0xff102030);
  assertThrows(() => new StrictGif().push(goodGif(1)), Error, "global");
  const cut = bytes(streamHeader(screen), part.bytes, 0x21, 0xf9, 3);
  assertThrows(() => new StrictGif().push(bytes(cut, [0, 0, 0, 0])), Error);
});

Deno.test("the fuzzer refuses options that it does not have", () => {
  assertThrows(() => readOptions(["--sed", "1"]), UsageError, "--sed");
  assertThrows(() => readOptions(["--seed", "x"]), UsageError, "integer");
  assertEquals(readOptions(["--help"]), "help");
  const read = readOptions(["--browser", "5", "--seed", "3"]);
  assert(read !== "help");
  assertEquals([read.way, read.count, read.seed], ["browser", 5, 3]);
});
