import { assertEquals } from "@std/assert";
import {
  stateByLateness,
  stateWithPicture,
} from "../../src/channel/source_state.ts";

Deno.test("stateByLateness() says that a live source waits when nothing has come", () => {
  assertEquals(stateByLateness("live", false), "live");
  assertEquals(stateByLateness("live", true), "waiting");
  assertEquals(stateByLateness("ended", true), "ended");
});

Deno.test("stateWithPicture() leaves what a picture says nothing about", () => {
  assertEquals(stateWithPicture("starting"), "live");
  assertEquals(stateWithPicture("waiting"), "live");
  assertEquals(stateWithPicture("no signal"), "no signal");
});
