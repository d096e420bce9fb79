import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { HttpError } from "../../../src/http/answer/http_error.ts";
import { ClipSending } from "../../../src/http/connection/clip_sending.ts";

const clip = Uint8Array.from({ length: 200_000 }, (_, i) => i % 251);

Deno.test("ClipSending hands over all of a clip", async () => {
  const clips = new ClipSending();
  const body = clips.body([clip]);
  assertEquals(clips.bytes, clip.length);
  assertEquals(await new Response(body).bytes(), clip);
  assertEquals(clips.bytes, 0);
});

Deno.test("ClipSending begins no other clip while it has no room", async () => {
  const clips = new ClipSending({ maxBytes: clip.length });
  clips.check();
  const body = clips.body([clip]);
  const error = assertThrows(() => clips.check(), HttpError);
  assertEquals(error.status, 503);
  await body.cancel();
  clips.check();
});

Deno.test("ClipSending lets go of clips that nobody takes", async () => {
  const clips = new ClipSending({ stallTimeoutMilliseconds: 1 });
  const reader = clips.body([clip]).getReader();
  await assertRejects(() => reader.closed, Error, "it took nothing");
  assertEquals(clips.bytes, 0);
});
