import {
  assert,
  assertEquals,
  assertGreater,
  assertLessOrEqual,
  assertMatch,
  assertNotEquals,
} from "@std/assert";
import { delay } from "@std/async/delay";
import type { Channel } from "../../../../src/channel/channel.ts";
import { VARY } from "../../../../src/http/call/browser.ts";
import { decodeGif } from "../../../../src/gif/canvas/decode_gif.ts";
import { GifEncoder } from "../../../../src/gif/encoder/gif_encoder.ts";
import { publishFrame } from "../../../../src/ingest/publish_frame.ts";
import { colorFrame } from "../../../support/gif/color_frame.ts";
import { NETSCAPE } from "../../../support/gif/gif_bytes.ts";
import { testBothServers } from "../../../support/http/both_servers.ts";

const SCREEN = { width: 64, height: 48 };

/** Publishes noise, of which each picture takes a few kilobytes. */
async function publishNoise(channel: Channel, pictures: number): Promise<void> {
  const encoder = new GifEncoder({ ...SCREEN, mode: "fast", denoise: false });
  const pixels = new Uint8Array(SCREEN.width * SCREEN.height * 3);
  for (let i = 0; i < pictures; i++) {
    crypto.getRandomValues(pixels);
    channel.publishPart(encoder.encode(pixels)!, SCREEN);
    await delay(20);
  }
}

testBothServers(
  "gives who asks for it a whole finite GIF of the last seconds",
  async (base, channels) => {
    const channel = channels.first!;
    for (let red = 0; red < 5; red++) {
      publishFrame(channel, colorFrame(8, 6, [red, 0, 0]));
      await delay(40);
    }
    const response = await fetch(`${base}/live.gif?finite`);
    const gif = await response.bytes();
    const { headers } = response;
    assertEquals(response.status, 200);
    assertEquals(headers.get("content-type"), "image/gif");
    assertEquals(headers.get("content-length"), String(gif.length));
    assertEquals(headers.get("cache-control"), "no-cache, max-age=0");
    assertEquals(headers.get("vary"), VARY);
    assertEquals(gif.slice(13, 13 + NETSCAPE.length), NETSCAPE);
    const shown = [...decodeGif(gif)];
    assertEquals(shown.map(({ pixels }) => pixels[0]), [0, 1, 2, 3, 4]);
    // An empty part of a picture is transparent.
    assert(shown[0].pixels.every((value, i) => i % 4 < 3 || value === 255));
    const delays = shown.map(({ delayCentiseconds }) => delayCentiseconds);
    assert(delays.every((each) => each >= 3), `${delays}`);

    const etag = headers.get("etag")!;
    assertMatch(etag, /^".+"$/);
    const again = await fetch(`${base}/live.gif?finite`, {
      headers: { "if-none-match": etag },
    });
    assertEquals(again.status, 304);
    await again.bytes();
    assertEquals(channel.viewers, 0);
  },
);

testBothServers(
  "answers HEAD for it with the headers of the GET that follows",
  async (base, channels) => {
    const channel = channels.first!;
    publishFrame(channel, colorFrame(8, 6, [1, 0, 0]));
    for (const path of ["/live.gif?finite", "/clip.gif"]) {
      const head = await fetch(base + path, { method: "HEAD" });
      assertEquals(await head.text(), "");
      await delay(30);
      publishFrame(channel, colorFrame(8, 6, [Math.random() * 99, 0, 0]));
      const get = await fetch(base + path);
      const gif = await get.bytes();
      for (const [name, value] of head.headers) {
        if (name === "date") continue;
        assertEquals(get.headers.get(name), value, `${path} ${name}`);
      }
      assertEquals(Number(head.headers.get("content-length")), gif.length);
    }
  },
);

testBothServers(
  "keeps within max_bytes, and says what it may be",
  async (base, channels) => {
    await publishNoise(channels.first!, 12);
    const whole = await (await fetch(`${base}/live.gif?finite`)).bytes();
    assertEquals([...decodeGif(whole)].length, 12);
    for (const address of ["/live.gif?finite&", "/clip.gif?"]) {
      for (const maxBytes of [whole.length - 1, 20_000, 2000, 1000]) {
        const query = `seconds=9&max_bytes=${maxBytes}`;
        const gif = await (await fetch(base + address + query)).bytes();
        assertLessOrEqual(gif.length, maxBytes);
        assertGreater([...decodeGif(gif)].length, 0);
      }
      for (const query of ["max_bytes=999", "seconds=0", "max_bytes=1e4"]) {
        const refused = await fetch(base + address + query);
        assertEquals(refused.status, 400);
        await refused.text();
      }
    }
    const refused = await fetch(`${base}/live.gif?finite=maybe`);
    assertEquals(refused.status, 400);
    assertMatch(await refused.text(), /finite must be 1 or 0, not "maybe"/);
  },
);

testBothServers(
  "makes one finite GIF for a crowd",
  async (base, channels) => {
    await publishNoise(channels.first!, 5);
    const crowd = Array.from({ length: 40 }, async () => {
      const response = await fetch(`${base}/live.gif?finite`);
      await response.bytes();
      return response.headers.get("etag");
    });
    assertEquals(new Set(await Promise.all(crowd)).size, 1);
    const other = await fetch(`${base}/live.gif?finite&seconds=1`);
    await other.bytes();
    assertNotEquals(other.headers.get("etag"), await crowd[0]);
  },
);
