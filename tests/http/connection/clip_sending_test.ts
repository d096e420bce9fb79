import { assertEquals, assertRejects } from "@std/assert";
import { delay } from "@std/async/delay";
import { HttpError } from "../../../src/http/answer/http_error.ts";
import type { WatchedClient } from "../../../src/http/connection/client.ts";
import {
  type ClipReceiver,
  ClipSending,
} from "../../../src/http/connection/clip_sending.ts";
import { withResolvers } from "../../../src/system/with_resolvers.ts";

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

Deno.test("ClipSending makes no clip for a client that has left", async () => {
  const clips = new ClipSending();
  const first = withResolvers<void>();
  const made: string[] = [];
  const make = (name: string, to?: ClipReceiver) =>
    clips.make(async () => {
      if (name === "first") await first.promise;
      made.push(name);
    }, to);
  let leave = () => {};
  let watched = 0;
  const client: WatchedClient = {
    watch(answering) {
      watched++;
      leave = answering.leave;
      return () => watched--;
    },
  };
  const all = [make("first"), make("left", { client }), make("last")];
  leave();
  await assertRejects(() => all[1], HttpError, "has left");
  assertEquals([made, watched], [[], 0]);
  first.resolve();
  await Promise.all([all[0], all[2]]);
  assertEquals(made, ["first", "last"]);
});

Deno.test("ClipSending gives the place of a client that has left to others", async () => {
  const clips = new ClipSending();
  const first = withResolvers<void>();
  const leaves: (() => void)[] = [];
  const client: WatchedClient = {
    watch({ leave }) {
      leaves.push(leave);
      return () => {};
    },
  };
  const making = clips.make(() => first.promise);
  const left = Array.from(
    { length: 15 },
    () => clips.make(() => Promise.resolve(), { client }),
  );
  for (const leave of leaves) leave();
  await Promise.allSettled(left);
  const others = Array.from(
    { length: 15 },
    () => clips.make(() => Promise.resolve(1)),
  );
  first.resolve();
  await making;
  assertEquals((await Promise.all(others)).length, 15);
});
