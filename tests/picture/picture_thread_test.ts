import { assertEquals, assertRejects } from "@std/assert";
import { delay } from "@std/async/delay";
import { framePart } from "../../src/gif/write/frame_part.ts";
import { Faults } from "../../src/log/faults.ts";
import { PictureThread } from "../../src/picture/picture_thread.ts";
import { colorFrame } from "../support/gif/color_frame.ts";
import { failingWorkers } from "../support/program/failing_workers.ts";

Deno.test("PictureThread begins anew after a breakdown, which it tells of", async () => {
  const told: unknown[] = [];
  const thread = new PictureThread(new Faults((kind) => told.push(kind)));
  const frame = colorFrame(4, 3, [1, 2, 3]);
  const { screen } = frame;
  const parts = [framePart(frame).bytes];
  const make = () =>
    thread.make(() => ({ screen, parts, form: { format: "png" } }));
  {
    using _failing = failingWorkers(1);
    await assertRejects(make, Error, "to fail");
  }
  // Not at once: it would break down again and again.
  await assertRejects(make, Error, "to fail");
  assertEquals(told, ["worker"]);
  await delay(1000);
  assertEquals((await make()).width, 4);
  thread.stop();
});
