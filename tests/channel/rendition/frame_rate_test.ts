import { assertEquals } from "@std/assert";
import { sharedRate } from "../../../src/channel/rendition/frame_rate.ts";

Deno.test("sharedRate() lowers a rate to one that others may want", () => {
  const wanted = [0.01, 0.1, 0.9, 7.5, 8, 29.97, 50, 100];
  assertEquals(wanted.map(sharedRate), [0.1, 0.1, 0.5, 5, 8, 25, 50, 50]);
  assertEquals(sharedRate(undefined), undefined);
});
