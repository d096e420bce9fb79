import { assertEquals, assertRejects } from "@std/assert";
import { delay } from "@std/async/delay";
import { HttpError } from "../../../src/http/answer/http_error.ts";
import { ClipSending } from "../../../src/http/connection/clip_sending.ts";

const clip = Uint8Array.from({ length: 200_000 }, (_, i) => i % 251);

Deno.test("ClipSending hands over all of a clip", async () => {
  const clips = new ClipSending();
  const body = clips.body(clip);
  assertEquals(clips.bytes, clip.length);
  assertEquals(await new Response(body).bytes(), clip);
  assertEquals(clips.bytes, 0);
});

Deno.test("ClipSending begins no other clip while it has no room", async () => {
  const clips = new ClipSending({ maxBytes: clip.length });
  const make = () => clips.make(() => Promise.resolve(1));
  assertEquals(await make(), 1);
  const body = clips.body(clip);
  const error = await assertRejects(make, HttpError);
  assertEquals(error.status, 503);
  await body.cancel();
  assertEquals(await make(), 1);
});

Deno.test("ClipSending makes one clip after the other, and not too many", async () => {
  const clips = new ClipSending();
  let making = 0;
  const make = () =>
    clips.make(async () => {
      assertEquals(++making, 1);
      await delay(1);
      making--;
    });
  const all = Array.from({ length: 20 }, make);
  const settled = await Promise.allSettled(all);
  const failed = settled.filter(({ status }) => status === "rejected");
  assertEquals(failed.length, 4);
});

Deno.test("ClipSending lets go of clips that nobody takes", async () => {
  const clips = new ClipSending({ stallTimeoutMilliseconds: 1 });
  const reader = clips.body(clip).getReader();
  await assertRejects(() => reader.closed, Error, "it took nothing");
  assertEquals(clips.bytes, 0);
});
