import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import type { Channel } from "../../../../src/channel/channel.ts";
import { decodeGif } from "../../../../src/gif/canvas/decode_gif.ts";
import { colorFrame } from "../../../support/gif/color_frame.ts";
import { testBothServers } from "../../../support/http/both_servers.ts";
import { wallTime } from "../../../support/program/wall_time.ts";
import { publishFrame } from "../../../../src/ingest/publish_frame.ts";

function show(channel: Channel, red: number): void {
  publishFrame(channel, colorFrame(8, 6, [red, 0, 0]));
}

async function redOf(response: Response): Promise<number> {
  const [{ pixels }] = decodeGif(await response.bytes());
  return pixels[0];
}

testBothServers(
  "gives the picture of a time that is kept",
  async (base, channels) => {
    const channel = channels.first!;
    const times: number[] = [];
    for (let red = 1; red <= 3; red++) {
      show(channel, red);
      times.push(channel.newestInfo!.timeMilliseconds);
      await delay(30);
    }
    for (const [i, time] of times.entries()) {
      const date = new Date(wallTime(channel, time + 15));
      const iso = date.toISOString();
      const zoned = iso.replace("Z", "+00:00");
      for (const at of [iso, zoned, String(date.getTime() / 1000)]) {
        const response = await fetch(`${base}/live/snapshot.gif?at=${at}`);
        assertEquals(await redOf(response), i + 1, at);
      }
    }
    const newest = await fetch(`${base}/snapshot.gif`);
    assertEquals(await redOf(newest), 3);
  },
);

testBothServers(
  "does not send a snapshot again to who has it",
  async (base, channels) => {
    const channel = channels.first!;
    show(channel, 1);
    const ask = (etag: string) =>
      fetch(`${base}/snapshot.gif`, { headers: { "if-none-match": etag } });
    const first = await ask('"other"');
    assertEquals(first.status, 200);
    await first.bytes();
    const etag = first.headers.get("etag")!;
    const again = await ask(etag);
    assertEquals(again.status, 304);
    assertEquals(again.headers.get("etag"), etag);
    assertEquals(await again.text(), "");
    show(channel, 2);
    const next = await ask(etag);
    assertEquals(next.status, 200);
    assertNotEquals(next.headers.get("etag"), etag);
    assertEquals(await redOf(next), 2);
  },
);

testBothServers(
  "refuses times that are none, or are not kept",
  async (base, channels) => {
    const tomorrow = Date.now() / 1000 + 86_400;
    const none = await fetch(`${base}/snapshot.gif?at=${tomorrow}`);
    assertEquals(none.status, 404);
    assertEquals(await none.text(), "There is no picture yet.\n");
    show(channels.first!, 1);
    for (
      const [at, status, words] of [
        ["", 400, /^The parameter at must be .*, not nothing\.$/m],
        ["noon", 400, /^The parameter at must be .*, not "noon"\.$/m],
        ["2026-11-23", 400, /a time such as 2026-11-23T12:00:05Z/],
        ["2026-11-23T12:00:05", 400, /a time such as/],
        ["2026-99-23T12:00:05Z", 400, /a time such as/],
        ["17", 404, /^Nothing is kept of that time, only from .*Z to .*Z\.$/m],
        [String(tomorrow), 404, /^Nothing is kept of that time/],
      ] as const
    ) {
      const response = await fetch(`${base}/snapshot.gif?at=${at}`);
      assertEquals(response.status, status, at);
      assertMatch(await response.text(), words);
    }
  },
);
