import { assertEquals, assertMatch } from "@std/assert";
import { Channel } from "../../../../src/channel/channel.ts";
import { publishFrame } from "../../../../src/ingest/publish_frame.ts";
import { colorFrame } from "../../../support/gif/color_frame.ts";
import { createHandler } from "../../../../src/http/handler.ts";
import {
  bytes,
  header,
  image,
  TRAILER,
} from "../../../support/gif/gif_bytes.ts";
import { publishGif } from "../../../support/publish_gif.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);

/** A channel whose source does this when it is wanted, and a way to ask. */
function onDemand(whenWanted: (channel: Channel) => void) {
  const channel = new Channel();
  channel.demand.follow((wanted) => {
    if (wanted) queueMicrotask(() => whenWanted(channel));
  });
  const handler = createHandler(channel);
  const get = async (path: string) =>
    await handler(new Request(`http://localhost${path}`));
  return { channel, get };
}

const PATHS = ["/snapshot.gif", "/snapshot.jpg", "/snapshot.png", "/clip.gif"];

for (const path of PATHS) {
  Deno.test(`needLivePicture() starts the source for ${path}`, async () => {
    const { channel, get } = onDemand((it) => publishGif(it, GIF.slice()));
    const response = await get(path);
    assertEquals(response.status, 200);
    await response.body?.cancel();
    channel.close();
  });
}

Deno.test("needLivePicture() does not pass an old picture off as live", async () => {
  const { channel, get } = onDemand((it) => {
    publishGif(
      it,
      bytes(header(8, 6), image({ width: 8, height: 6 }), TRAILER),
    );
  });
  publishGif(channel, GIF.slice());
  channel.demand.sourceStopped();
  const gif = await (await get("/snapshot.gif")).bytes();
  assertEquals([...gif.subarray(6, 10)], [8, 0, 6, 0]);
  channel.close();
});

for (
  const path of ["/snapshot.gif", "/snapshot.png", "/snapshot.jpg", "/snapshot"]
) {
  Deno.test(`needLivePicture() waits for the next picture for ${path}?next`, async () => {
    const channel = new Channel();
    const handler = createHandler(channel);
    publishFrame(channel, colorFrame(8, 6, [9, 0, 0]));
    const next = handler(new Request(`http://localhost${path}?next`));
    const late = new Promise((resolve) => setTimeout(resolve, 100, "waits"));
    assertEquals(await Promise.race([next, late]), "waits");
    publishFrame(channel, colorFrame(16, 6, [0, 9, 0]));
    const response = await next;
    assertEquals(response.status, 200);
    const now = await handler(new Request(`http://localhost${path}`));
    assertEquals(await response.bytes(), await now.bytes());
    channel.close();
  });
}

Deno.test("needLivePicture() waits for the next picture no longer than asked", async () => {
  const channel = new Channel();
  const handler = createHandler(channel);
  publishFrame(channel, colorFrame(8, 6, [9, 0, 0]));
  const cases = [
    ["next=0.1", 503, /^No new picture came within 0.1 s; try again/],
    ["next=61", 400, /next must be a number from 0.1 to 60/],
    ["next=0", 400, /next must be a number from 0.1 to 60/],
  ] as const;
  for (const [query, status, words] of cases) {
    const address = `http://localhost/snapshot.gif?${query}`;
    const response = await handler(new Request(address));
    assertEquals(response.status, status);
    assertMatch(await response.text(), words);
  }
  channel.close();
});

Deno.test("needLivePicture() starts the source for the next picture", async () => {
  const { channel, get } = onDemand((it) => publishGif(it, GIF.slice()));
  const response = await get("/snapshot.gif?next");
  assertEquals(response.status, 200);
  await response.bytes();
  channel.close();
});

Deno.test("needLivePicture() says when no picture comes", async () => {
  const { get } = onDemand((it) => it.close());
  const response = await get("/snapshot.gif");
  assertEquals(response.status, 503);
  assertEquals(response.headers.get("retry-after"), "1");
  assertMatch(await response.text(), /^There is no picture yet; try again/);
});
