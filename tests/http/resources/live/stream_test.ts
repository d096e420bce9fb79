import { assert, assertEquals, assertMatch } from "@std/assert";
import { delay } from "@std/async/delay";
import type { Channel } from "../../../../src/channel/channel.ts";
import { decodeGif } from "../../../../src/gif/canvas/decode_gif.ts";
import { TRAILER } from "../../../../src/gif/spec.ts";
import { colorFrame } from "../../../support/gif/color_frame.ts";
import { testBothServers } from "../../../support/http/both_servers.ts";
import { run } from "../../../support/program/ffmpeg.ts";
import { requireTool } from "../../../support/require.ts";
import { publishFrame } from "../../../../src/ingest/publish_frame.ts";

const hasTools = ["ffmpeg", "mpv", "curl"].every(requireTool);

function show(channel: Channel, red: number): void {
  publishFrame(channel, colorFrame(64, 48, [red & 255, red >> 8, 0]));
}

/** Shows pictures until something has come to its end. */
async function showUntil<T>(
  channel: Channel,
  what: Promise<T>,
  intervalMilliseconds = 20,
): Promise<T> {
  let done = false;
  const end = () => done = true;
  what.then(end, end);
  for (let red = 0; !done; red++) {
    show(channel, red);
    await delay(intervalMilliseconds);
  }
  return await what;
}

function numbersOf(gif: Uint8Array): number[] {
  return [...decodeGif(gif)].map(({ pixels }) => pixels[0] + pixels[1] * 256);
}

function durationOf(gif: Uint8Array): number {
  return [...decodeGif(gif)]
    .reduce((sum, { delayCentiseconds }) => sum + delayCentiseconds, 0);
}

async function bytesOf(address: string): Promise<Uint8Array> {
  return await (await fetch(address)).bytes();
}

testBothServers("ends the GIF after its duration", async (base, channels) => {
  const channel = channels.first!;
  const gif = await showUntil(
    channel,
    bytesOf(`${base}/live.gif?duration=0.3`),
  );
  assertEquals(gif.at(-1), TRAILER);
  const numbers = numbersOf(gif);
  assert(numbers.length > 1);
  assertEquals(numbers, numbers.toSorted((a, b) => a - b));
  const delays = [...decodeGif(gif)].map((frame) => frame.delayCentiseconds);
  assertEquals(new Set(delays), new Set([2]));
  assertEquals(channel.viewers, 0);
});

testBothServers(
  "begins as far in the past as asked",
  async (base, channels) => {
    const channel = channels.first!;
    for (let red = 0; red < 5; red++) show(channel, red);
    const all = bytesOf(`${base}/live.gif?backlog=30&duration=0.1`);
    assertEquals(numbersOf(await all), [0, 1, 2, 3, 4]);
    for (const query of ["", "&backlog=0"]) {
      const newest = bytesOf(`${base}/live.gif?duration=0.1${query}`);
      assertEquals(numbersOf(await newest), [4]);
    }
  },
  { workers: true },
);

testBothServers(
  "sends fewer pictures, the newest in any case",
  async (base, channels) => {
    const channel = channels.first!;
    show(channel, 0);
    const thinned = bytesOf(`${base}/live.gif?fps=5`);
    const plain = bytesOf(`${base}/live.gif?duration=0.8`);
    while (channel.viewers < 2) await delay(1);
    await showUntil(channel, plain);
    channel.close();
    const all = numbersOf(await plain);
    const some = numbersOf(await thinned);
    // One at once, one every 200 ms, and the last.
    assert(some.length >= 3, `${some.length}`);
    assert(some.length < all.length, `${some.length} of ${all.length}`);
    assertEquals(some.at(-1), Math.max(...all, some.at(-1)!));
    assertEquals(some, some.toSorted((a, b) => a - b));
  },
);

testBothServers(
  "gives those who record the true delays",
  async (base, channels) => {
    const channel = channels.first!;
    show(channel, 999);
    for (const query of ["", "&fps=10"]) {
      const begin = performance.now();
      const address = `${base}/live.gif?pace=real&duration=0.7${query}`;
      const gif = await showUntil(channel, bytesOf(address), 30);
      const elapsed = performance.now() - begin;
      const duration = durationOf(gif);
      assert(duration >= 69, `${duration} cs`);
      assert(duration <= elapsed / 10 + 2, `${duration} cs, ${elapsed} ms`);
    }
  },
  { workers: true },
);

testBothServers(
  "gives who records a picture that never changes, too",
  async (base, channels) => {
    show(channels.first!, 7);
    const gif = await bytesOf(`${base}/live.gif?pace=real&duration=0.2`);
    assertEquals(numbersOf(gif), [7]);
    assert(durationOf(gif) >= 19, `${durationOf(gif)} cs`);
  },
);

testBothServers("refuses what it cannot do, in words", async (base) => {
  const refusals = {
    "backlog=31": /backlog must be a number from 0 to 30, not "31"/,
    "backlog=-1": /backlog must be/,
    "backlog=5&fps=5": /backlog must be 0 with fps, delay or pace=real/,
    "backlog=5&pace=real": /backlog must be 0 with fps, delay or pace=real/,
    "fps=0": /fps must be a number from 0.1 to 100, not "0"/,
    "duration=0": /duration must be a number from 0.1 to 1000000/,
    "pace=fast": /pace must be live or real, not "fast"/,
  };
  for (const [query, words] of Object.entries(refusals)) {
    for (const path of ["/live.gif", "/"]) {
      const response = await fetch(`${base}${path}?${query}`);
      assertEquals(response.status, 400);
      assertMatch(await response.text(), words);
    }
  }
  const head = await fetch(`${base}/live.gif?fps=5&width=9`, {
    method: "HEAD",
  });
  assertEquals(head.status, 200);
});

if (hasTools) {
  testBothServers(
    "is read by curl, ffmpeg and mpv while it is live",
    async (base, channels) => {
      const channel = channels.first!;
      show(channel, 0);
      const address = `${base}/live.gif?duration=1&pace=real`;
      const text = new TextDecoder();

      const curl = run("curl", ["-sSN", address]);
      const saved = await showUntil(channel, curl);
      assert(numbersOf(saved).length > 2);

      const probe = [
        ...["-v", "error", "-count_frames", "-of", "csv=p=0"],
        ...["-show_entries", "stream=width,height,nb_read_frames"],
        `cache:${address}`,
      ];
      const probed = await showUntil(channel, run("ffprobe", probe));
      const [width, height, frames] = text.decode(probed).split(",").map(
        Number,
      );
      assertEquals([width, height], [64, 48]);
      assert(frames > 2, `${frames} frames`);

      const options = ["--no-config", "--vo=null", "--ao=null"];
      const played = await showUntil(
        channel,
        run("mpv", [...options, address]),
      );
      assertMatch(text.decode(played), /gif 64x48/);
      assertEquals(channel.viewers, 0);
    },
  );
}

testBothServers(
  "shows each picture for as long as is asked, and no more of them",
  async (base, channels) => {
    const address = `${base}/live.gif?delay=20&duration=1`;
    const gif = await showUntil(channels.first!, bytesOf(address));
    const delays = [...decodeGif(gif)]
      .map(({ delayCentiseconds }) => delayCentiseconds);
    assert(delays.length >= 2 && delays.length <= 7, `${delays.length}`);
    assertEquals(new Set(delays), new Set([20]));
    for (const query of ["delay=1", "delay=6&pace=real", "delay=6&backlog=1"]) {
      const response = await fetch(`${base}/live.gif?${query}`);
      assertEquals(response.status, 400, query);
      await response.text();
    }
  },
);
