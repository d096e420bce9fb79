import { assertEquals } from "@std/assert";
import {
  stateByAge,
  stateWithPicture,
} from "../../src/channel/source_state.ts";

Deno.test("stateByAge() says that a live source waits when nothing has come", () => {
  assertEquals(stateByAge("live", null), "live");
  assertEquals(stateByAge("live", 5000), "live");
  assertEquals(stateByAge("live", 5001), "waiting");
  assertEquals(stateByAge("ended", 60_000), "ended");
});

Deno.test("stateWithPicture() leaves what a picture says nothing about", () => {
  assertEquals(stateWithPicture("starting"), "live");
  assertEquals(stateWithPicture("waiting"), "live");
  assertEquals(stateWithPicture("no signal"), "no signal");
});
