import { assert, assertEquals, assertMatch } from "@std/assert";
import { delay } from "@std/async/delay";
import type { Channel } from "../../../../src/channel/channel.ts";
import { decodeGif } from "../../../../src/gif/canvas/decode_gif.ts";
import { publishFrame } from "../../../../src/ingest/publish_frame.ts";
import { colorFrame } from "../../../support/gif/color_frame.ts";
import { framesOf } from "../../../support/gif/frames.ts";
import { testBothServers } from "../../../support/http/both_servers.ts";
import { ffmpeg, run } from "../../../support/program/ffmpeg.ts";
import { requireFile, requireTool } from "../../../support/require.ts";

const PYTHON = "/usr/bin/python3";
const OPENCV =
  "/usr/lib/python3/dist-packages/cv2.cpython-311-x86_64-linux-gnu.so";

let shown = 0;

/** Shows a picture that differs from the one before in any format. */
function show(channel: Channel): void {
  const red = shown++ * 80 % 256;
  publishFrame(channel, colorFrame(8, 6, [red, red, 0]));
}

async function ask(address: string, headers: Record<string, string> = {}) {
  const response = await fetch(address, { headers });
  const bytes = await response.bytes();
  const etag = response.headers.get("etag");
  const [cookie] = response.headers.get("set-cookie")?.split(";") ?? [];
  return { status: response.status, response, bytes, etag: etag!, cookie };
}

testBothServers(
  "gives parts of the very file that a client has part of",
  async (base, channels) => {
    const channel = channels.first!;
    const paths = [
      ...["/clip.gif", "/live.gif?finite", "/snapshot.gif", "/snapshot.png"],
      "/snapshot.jpg?quality=50",
    ];
    for (const path of paths) {
      const address = base + path;
      show(channel);
      await delay(20);
      const first = await ask(address, { range: "bytes=0-" });
      assertEquals(first.status, 206, path);
      const { bytes: whole, etag, cookie } = first;
      const { headers } = first.response;
      const { length } = whole;
      assertEquals(headers.get("accept-ranges"), "bytes");
      assertEquals(
        headers.get("content-range"),
        `bytes 0-${length - 1}/${length}`,
      );
      assertEquals(headers.get("content-length"), `${length}`);
      // By then the newest picture, and so the file of now, is another one.
      show(channel);
      await delay(20);
      const ways: Record<string, string>[] = [
        { "if-range": etag },
        { cookie: cookie! },
      ];
      for (const known of ways) {
        const part = await ask(address, { range: "bytes=5-14", ...known });
        assertEquals(part.status, 206);
        assertEquals(part.bytes, whole.slice(5, 15));
        assertEquals(part.etag, etag);
        assertEquals(
          part.response.headers.get("content-range"),
          `bytes 5-14/${length}`,
        );
        const back = await ask(address, { range: "bytes=0-", ...known });
        assertEquals(back.bytes, whole);
      }
      // Most programs keep no cookies, and know of no tags.
      const rest = await ask(address, { range: `bytes=7-` });
      assertEquals([rest.status, rest.bytes], [206, whole.slice(7)]);
      const end = await ask(address, { range: "bytes=-4", "if-range": etag });
      assertEquals([end.status, end.bytes], [206, whole.slice(-4)]);
      const none = await ask(address, {
        range: `bytes=${length}-`,
        "if-range": etag,
      });
      assertEquals(none.status, 416);
      assertEquals(
        none.response.headers.get("content-range"),
        `bytes */${length}`,
      );
      const other = await ask(address, {
        range: "bytes=5-",
        "if-range": '"x"',
      });
      assertEquals(other.status, 200);
      assert(other.etag !== etag || path.includes("finite"), path);
      const several = await ask(address, { range: "bytes=0-1,3-4" });
      assertEquals(several.status, 200);
      const head = await fetch(address, {
        method: "HEAD",
        headers: { range: "bytes=0-9" },
      });
      assertEquals(head.status, 200);
    }
  },
  { workers: true },
);

testBothServers(
  "sets a cookie for those only who read in pieces",
  async (base, channels) => {
    show(channels.first!);
    const whole = await ask(`${base}/clip.gif`);
    assertEquals(whole.cookie, undefined);
    assertEquals(whole.response.headers.get("accept-ranges"), "bytes");
    const piece = await ask(`${base}/clip.gif`, { range: "bytes=0-9" });
    assertMatch(piece.cookie!, /^gifstream_file=[\w-]+$/);
    // It can be gone on with, whoever asked for all of it.
    show(channels.first!);
    const rest = await ask(`${base}/clip.gif`, {
      range: "bytes=10-",
      "if-range": whole.etag,
    });
    assertEquals(rest.bytes, whole.bytes.slice(10));
  },
);

/** Goes on with the stream until a program has ended. */
async function publishWhile<T>(
  channel: Channel,
  frames: ReturnType<typeof framesOf>,
  ended: Promise<T>,
): Promise<T> {
  let isOver = false;
  const over = ended.finally(() => isOver = true);
  for (let i = 0; !isOver; i++) {
    publishFrame(channel, frames[i % frames.length]);
    await delay(20);
  }
  return await over;
}

async function film(): Promise<Uint8Array> {
  return await ffmpeg([
    ...["-f", "lavfi", "-i", "testsrc2=s=320x240:r=25"],
    ...["-frames:v", "101", "-f", "gif", "-"],
  ]);
}

const READERS: Record<string, [program: string, args: string[]]> = {
  ffmpeg: ["ffprobe", [
    ...["-v", "error", "-count_frames", "-of", "csv=p=0"],
    ...["-show_entries", "stream=nb_read_frames"],
  ]],
  OpenCV: [PYTHON, [
    "-c",
    `
import cv2, sys
video, count = cv2.VideoCapture(sys.argv[1]), 0
while video.read()[0]: count += 1
print(count)
`,
  ]],
};

for (const [name, [program, args]] of Object.entries(READERS)) {
  if (!requireTool("ffprobe")) continue;
  if (name === "OpenCV" && !requireFile(OPENCV)) continue;
  testBothServers(
    `is read by ${name} from its address, every picture`,
    async (base, channels) => {
      const channel = channels.first!;
      const frames = framesOf(await film());
      for (const frame of frames) {
        publishFrame(channel, frame);
        await delay(10);
      }
      for (
        const path of ["/clip.gif", "/live.gif?finite=1&max_bytes=100000000"]
      ) {
        for (let i = 0; i < 3; i++) {
          const count = run(program, [...args, base + path]);
          const said = await publishWhile(channel, frames, count);
          const pictures = Number(new TextDecoder().decode(said).trim());
          // The clip of the moment: all there was, and up to some more.
          assert(pictures >= 101, `${path}: ${pictures} pictures`);
        }
      }
      const whole = await (await fetch(`${base}/clip.gif`)).bytes();
      assert([...decodeGif(whole)].length > 101);
    },
  );
}
