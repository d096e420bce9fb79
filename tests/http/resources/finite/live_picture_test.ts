import { assertEquals, assertMatch } from "@std/assert";
import { Channel } from "../../../../src/channel/channel.ts";
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

Deno.test("needLivePicture() says when no picture comes", async () => {
  const { get } = onDemand((it) => it.close());
  const response = await get("/snapshot.gif");
  assertEquals(response.status, 503);
  assertEquals(response.headers.get("retry-after"), "1");
  assertMatch(await response.text(), /^There is no picture yet; try again/);
});
