import { assertEquals } from "@std/assert";
import {
  delayPositions,
  lastDelay,
  leastDelay,
  withDelay,
} from "../../../src/gif/read/part_delay.ts";
import { clearingImage } from "../../../src/gif/write/clear_image.ts";
import { bytes, graphicControl, image } from "../../support/gif/gif_bytes.ts";

const PICTURE = bytes(
  graphicControl({ delayCentiseconds: 7 }),
  image({ width: 4, height: 3, colors: 2 }),
);

Deno.test("withDelay() sets the delay of a copy", () => {
  const positions = delayPositions(PICTURE);
  assertEquals(positions, [4]);
  assertEquals(leastDelay(positions), 2);
  const part = withDelay(PICTURE, positions, 0x1234);
  assertEquals([...part.subarray(4, 6)], [0x34, 0x12]);
  part.set([7, 0], 4);
  assertEquals(part, PICTURE);
});

Deno.test("withDelay() leaves the last image what those before it take", () => {
  const screen = { width: 4, height: 3 };
  const part = bytes(clearingImage(screen, 10), PICTURE);
  const positions = delayPositions(part);
  assertEquals(leastDelay(positions), 4);
  const timed = withDelay(part, positions, 30);
  assertEquals(positions.map((at) => timed[at]), [2, 28]);
  assertEquals(lastDelay(timed, positions), 28);
});
