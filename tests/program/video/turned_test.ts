import { assert, assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { join } from "@std/path";
import { decodePicture } from "../../../src/image/decode_picture.ts";
import { drawTimestamp } from "../../../src/image/draw_timestamp.ts";
import type { Pixels } from "../../../src/image/pixels.ts";
import { turnPixels } from "../../../src/image/turn_pixels.ts";
import { pngFile } from "../../support/image/png_writer.ts";
import { ffmpeg } from "../../support/program/ffmpeg.ts";
import { Program } from "../../support/program/program.ts";
import { requireTool } from "../../support/require.ts";

const WIDTH = 256, HEIGHT = 192;
const TOKEN = "t0k";
/** As EXIF numbers what `--rotate 90 --flip` does. */
const TURNED = 5;
/** JPEG and film are not exact. */
const MAX_ERROR = { exact: 0, lossy: 12 };
/** Rows at the bottom with the time. */
const DATED_ROWS = 12;

/** Other colors on each side, so that every way to turn looks otherwise. */
function colorAt(x: number, y: number): number[] {
  return [x < WIDTH / 2 ? 200 : 0, y < HEIGHT / 2 ? 160 : 0, 80];
}

/** What viewers are to see of a picture of this second. */
function expected(milliseconds: number): Pixels {
  const pixels = new Uint8Array(3 * WIDTH * HEIGHT);
  for (let y = 0, at = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++, at += 3) pixels.set(colorAt(x, y), at);
  }
  const turned = turnPixels({ pixels, width: WIDTH, height: HEIGHT }, TURNED);
  drawTimestamp(turned, milliseconds);
  return turned;
}

function meanError(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) /
    a.length;
}

/** The seconds since a time of which a picture may be. */
function dated({ pixels }: Pixels, since: number, maxError: number): number[] {
  const seconds: number[] = [];
  for (let at = since - 1000; at <= Date.now(); at += 1000) {
    const wanted = expected(at).pixels;
    const bottom = -3 * HEIGHT * DATED_ROWS;
    const error = Math.max(
      meanError(pixels, wanted),
      meanError(pixels.subarray(bottom), wanted.subarray(bottom)),
    );
    if (error <= maxError) seconds.push(at);
  }
  return seconds;
}

async function snapshot(base: string, name: string): Promise<Pixels> {
  for (;;) {
    const response = await fetch(`${base}/${name}/snapshot.png`);
    const bytes = await response.bytes();
    if (response.ok) return decodePicture(bytes);
    await delay(50);
  }
}

async function send(base: string, name: string, bytes: BodyInit) {
  const response = await fetch(`${base}/${name}/frames`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}` },
    body: bytes,
  });
  assertEquals(await response.json(), { frames: 1, refused: 0 });
}

Deno.test({
  name: "gifstream turns and dates the pictures of every source",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
    const pathOf = (name: string) => join(folder, name);
    const png = await pngFile({
      ...{ width: WIDTH, height: HEIGHT, depth: 8, colorType: 2 },
      samplesAt: colorAt,
    });
    await Deno.writeFile(pathOf("a.png"), png);
    const fromPng = ["-i", pathOf("a.png")];
    const exactGif = [
      "-lavfi",
      "split[a][b];[a]palettegen[p];[b][p]paletteuse",
    ];
    await ffmpeg([...fromPng, ...exactGif, pathOf("a.gif")]);
    await ffmpeg([...fromPng, "-q:v", "1", pathOf("a.jpg")]);
    await ffmpeg(["-loop", "1", ...fromPng, "-t", "2", pathOf("a.mkv")]);
    const [gif, jpeg] = await Promise.all(
      ["a.gif", "a.jpg"].map((name) => Deno.readFile(pathOf(name))),
    );
    for (const [name, bytes] of Object.entries({ gif, jpeg })) {
      await Deno.mkdir(pathOf(name));
      await Deno.writeFile(pathOf(`${name}/a.${name}`), bytes);
    }
    await using camera = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      () => new Response(jpeg),
    );
    const began = Math.floor(Date.now() / 1000) * 1000;
    await using program = new Program({
      args: [
        ...["sent-gif=ingest:", "sent-jpeg=ingest:", "stdin-gif=-"],
        ...["gif", "jpeg"].map((name) => `in-${name}=${pathOf(name)}`),
        `file-gif=${pathOf("a.gif")}`,
        `camera-jpeg=http://127.0.0.1:${camera.addr.port}/a.jpg`,
        ...[`film=${pathOf("a.mkv")}`, "pattern=test:"],
        ...["--rotate", "90", "--flip", "--timestamp", "--port", "0"],
      ],
      env: { GIFSTREAM_TOKEN: TOKEN },
      stdin: "piped",
    });
    try {
      const base = await program.address();
      const writer = program.process.stdin.getWriter();
      await writer.write(gif);
      await send(base, "sent-gif", gif);
      await send(base, "sent-jpeg", jpeg);
      const response = await fetch(`${base}/api/channels`);
      for (const { name } of (await response.json()).channels) {
        const picture = await snapshot(base, name);
        const { width, height } = picture;
        if (name === "pattern") {
          assertEquals([width, height], [180, 320]);
          continue;
        }
        assertEquals([width, height], [HEIGHT, WIDTH], name);
        const exact = /-gif$/.test(name);
        const maxError = MAX_ERROR[exact ? "exact" : "lossy"];
        const seconds = dated(picture, began, maxError);
        assert(seconds.length > 0, `${name}: another picture, or undated`);
        assert(!exact || seconds.length === 1, name);
      }
      await writer.close();
    } finally {
      await program.stop();
      await Deno.remove(folder, { recursive: true });
    }
  },
});
