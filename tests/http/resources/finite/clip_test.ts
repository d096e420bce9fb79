import { assert, assertEquals, assertMatch } from "@std/assert";
import { delay } from "@std/async/delay";
import type { Channel } from "../../../../src/channel/channel.ts";
import { decodeGif } from "../../../../src/gif/canvas/decode_gif.ts";
import { colorFrame } from "../../../support/gif/color_frame.ts";
import { framesOf } from "../../../support/gif/frames.ts";
import { bytes, NETSCAPE } from "../../../support/gif/gif_bytes.ts";
import { testBothServers } from "../../../support/http/both_servers.ts";
import { ffmpeg, RAW_RGB, run } from "../../../support/program/ffmpeg.ts";
import { wallTime } from "../../../support/program/wall_time.ts";
import { requireTool } from "../../../support/require.ts";
import { publishFrame } from "../../../../src/ingest/publish_frame.ts";

const hasTools = requireTool("ffmpeg") && requireTool("mpv");

function show(channel: Channel, red: number): void {
  publishFrame(channel, colorFrame(8, 6, [red, 0, 0]));
}

/** The pictures of a GIF that has one image for each. */
function redsOf(gif: Uint8Array): number[] {
  return [...decodeGif(gif)].map(({ pixels }) => pixels[0]);
}

function durationOf(gif: Uint8Array): number {
  return [...decodeGif(gif)]
    .reduce((sum, { delayCentiseconds }) => sum + delayCentiseconds, 0);
}

testBothServers(
  "gives the last seconds as a GIF that loops at true speed",
  async (base, channels) => {
    const channel = channels.first!;
    const begin = performance.now();
    for (let red = 0; red < 5; red++) {
      show(channel, red);
      await delay(40);
    }
    const response = await fetch(`${base}/live/clip.gif`);
    assertEquals(response.status, 200);
    const gif = await response.bytes();
    const elapsed = performance.now() - begin;
    const { headers } = response;
    assertEquals(headers.get("content-type"), "image/gif");
    assertEquals(headers.get("content-length"), String(gif.length));
    assertMatch(
      headers.get("content-disposition")!,
      /^inline; filename="live-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.gif"$/,
    );
    assertEquals(gif.slice(13, 13 + NETSCAPE.length), NETSCAPE);
    assertEquals(redsOf(gif), [0, 1, 2, 3, 4]);
    assert(durationOf(gif) >= 20 && durationOf(gif) <= elapsed / 10 + 1);
    const first = await fetch(`${base}/clip.gif?seconds=3600`);
    assertEquals(redsOf(await first.bytes()), [0, 1, 2, 3, 4]);
  },
  { workers: true },
);

testBothServers(
  "gives clips as long as asked, up to the time that is asked",
  async (base, channels) => {
    const channel = channels.first!;
    for (let red = 0; red < 4; red++) {
      show(channel, red);
      if (red % 2 === 1) await delay(300);
    }
    const short = await (await fetch(`${base}/clip.gif?seconds=0.1`)).bytes();
    assertEquals(durationOf(short), 10);
    const startMilliseconds = await channel.past.startMilliseconds();
    const at = wallTime(channel, startMilliseconds! + 250) / 1000;
    const past = await (await fetch(`${base}/clip.gif?at=${at}`)).bytes();
    assertEquals(redsOf(past), [0, 1]);
    assert(Math.abs(durationOf(past) - 25) <= 1, `${durationOf(past)} cs`);
  },
);

testBothServers(
  "refuses clips of what is not there",
  async (base, channels) => {
    const empty = await fetch(`${base}/clip.gif`);
    assertEquals(empty.status, 503);
    assertEquals(empty.headers.get("retry-after"), "1");
    assertMatch(await empty.text(), /no picture yet/);
    show(channels.first!, 1);
    for (
      const [query, status, words] of [
        ["seconds=0", 400, /seconds must be a number from 0.1 to 3600/],
        ["seconds=x", 400, /seconds must be a number/],
        [
          "at=yesterday",
          400,
          /at must be seconds since 1970 or a time such as/,
        ],
        ["at=2020-01-01T00:00:00Z", 404, /^Nothing is kept of that time, only/],
      ] as const
    ) {
      const response = await fetch(`${base}/clip.gif?${query}`);
      assertEquals(response.status, status, query);
      assertMatch(await response.text(), words);
    }
    const nobody = await fetch(`${base}/nobody/clip.gif`);
    assertEquals(nobody.status, 404);
    await nobody.text();
  },
);

testBothServers(
  "answers HEAD for a clip with its length",
  async (base, channels) => {
    show(channels.first!, 1);
    const response = await fetch(`${base}/clip.gif`, { method: "HEAD" });
    assertEquals(response.status, 200);
    assertEquals(await response.text(), "");
    const { headers } = response;
    assertMatch(headers.get("content-disposition")!, /filename=/);
    const length = Number(headers.get("content-length"));
    const whole = await (await fetch(`${base}/clip.gif`)).bytes();
    assertEquals(length, whole.length);
  },
);

if (hasTools) {
  testBothServers(
    "gives clips of differences in which ffmpeg and mpv see what was live",
    async (base, channels) => {
      const gif = await ffmpeg([
        ...["-f", "lavfi", "-i", "testsrc2=s=160x120:r=10"],
        ...["-frames:v", "40", "-f", "gif", "-"],
      ]);
      const truth = [...decodeGif(gif)].map(({ pixels }) => pixels);
      const channel = channels.first!;
      const cuts: { index: number; clip: Uint8Array }[] = [];
      for (const [index, frame] of framesOf(gif).entries()) {
        publishFrame(channel, frame);
        await delay(20);
        const clip = await (await fetch(`${base}/clip.gif?seconds=0.3`))
          .bytes();
        cuts.push({ index, clip });
      }
      for (const { index, clip } of cuts) {
        const pictures = [...decodeGif(clip)].map(({ pixels }) => pixels);
        const first = index - pictures.length + 1;
        assertEquals(pictures, truth.slice(first, index + 1), `at ${index}`);
      }
      const { clip } = cuts[30];
      const file = await Deno.makeTempFile({ suffix: ".gif" });
      try {
        await Deno.writeFile(file, clip);
        const raw = await ffmpeg(["-i", file, "-vsync", "0", ...RAW_RGB]);
        const expected = [...decodeGif(clip)]
          .map(({ pixels }) => pixels.filter((_, i) => i % 4 < 3));
        assertEquals(raw, bytes(...expected.map((rgb) => new Uint8Array(rgb))));
      } finally {
        await Deno.remove(file);
      }
      const mpv = [
        "--no-config",
        "--vo=null",
        "--ao=null",
        "--msg-level=all=v",
      ];
      const said = await run("mpv", [...mpv, `${base}/clip.gif?seconds=0.3`]);
      assertMatch(new TextDecoder().decode(said), /gif 160x120/);
    },
  );
}
