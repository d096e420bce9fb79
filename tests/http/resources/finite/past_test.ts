import { assert, assertEquals, assertMatch } from "@std/assert";
import { delay } from "@std/async/delay";
import type { Channel } from "../../../../src/channel/channel.ts";
import { decodeGif } from "../../../../src/gif/canvas/decode_gif.ts";
import type { PastAnswer } from "../../../../src/http/resources/finite/past.ts";
import { publishFrame } from "../../../../src/ingest/publish_frame.ts";
import { colorFrame } from "../../../support/gif/color_frame.ts";
import { testBothServers } from "../../../support/http/both_servers.ts";

function show(channel: Channel, red: number): void {
  publishFrame(channel, colorFrame(8, 6, [red, 0, 0]));
}

async function ask(base: string, query = ""): Promise<PastAnswer> {
  const response = await fetch(`${base}/live/past${query}`);
  assertEquals(response.status, 200);
  return await response.json();
}

testBothServers(
  "tells the times of pictures, each of which can be asked for",
  async (base, channels) => {
    const channel = channels.first!;
    assertEquals((await ask(base)).times, []);
    const begin = Date.now();
    for (let red = 0; red < 9; red++) {
      show(channel, red);
      await delay(20);
    }
    const { times, nowMilliseconds, keptSeconds } = await ask(base);
    assertEquals([times.length, keptSeconds], [9, channel.past.seconds]);
    assert(times[0] >= begin - 1 && times[8] <= nowMilliseconds + 2);
    for (const [red, time] of times.entries()) {
      const address = `${base}/live/snapshot.gif?at=${time / 1000}`;
      const gif = await (await fetch(address)).bytes();
      assertEquals([...decodeGif(gif)][0].pixels[0], red);
    }
    const few = (await ask(base, "?most=3")).times;
    assertEquals(few.length, 3);
    for (const [i, time] of few.entries()) {
      assert(Math.abs(time - times[4 * i]) <= 2, `${few} of ${times}`);
    }
  },
);

testBothServers(
  "refuses to tell more times than are bearable",
  async (base) => {
    for (const most of ["1", "10001", "2.5", "x"]) {
      const response = await fetch(`${base}/live/past?most=${most}`);
      assertEquals(response.status, 400);
      assertMatch(await response.text(), /most must be/);
    }
  },
);

testBothServers(
  "names a snapshot by its channel and time",
  async (base, channels) => {
    show(channels.first!, 1);
    for (const ending of ["png", "jpg", "gif"]) {
      const response = await fetch(`${base}/live/snapshot.${ending}`);
      const name = response.headers.get("content-disposition")!;
      await response.body?.cancel();
      assertMatch(
        name,
        /^inline; filename="live-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.(png|jpg|gif)"$/,
      );
      assert(name.endsWith(`.${ending}"`), name);
    }
  },
);
