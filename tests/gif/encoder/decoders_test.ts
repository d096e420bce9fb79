import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import {
  ENCODER_MODES,
  type EncoderMode,
} from "../../../src/gif/encoder/effort.ts";
import { GifEncoder } from "../../../src/gif/encoder/gif_encoder.ts";
import { streamHeader } from "../../../src/gif/write/stream_header.ts";
import {
  CHROMIUM,
  decodedByChromium,
} from "../../support/gif/chromium_decoder.ts";
import { bytes, TRAILER } from "../../support/gif/gif_bytes.ts";
import { opaque, scene } from "../../support/gif/pictures.ts";
import { requireTool } from "../../support/require.ts";

const FFMPEG = requireTool("ffmpeg");
const GIFSICLE = requireTool("gifsicle");
const SIZE = { width: 75, height: 50 };

/** Settings that each mode is tried with; the last gives nearly all up. */
const SETTINGS = [
  { quality: 5 },
  { quality: 60 },
  { quality: 100 },
  { bitrate: 4000 },
];

/** A GIF, and the pictures that its encoder says viewers see. */
function film(
  mode: EncoderMode,
  settings: { quality?: number; bitrate?: number },
) {
  const encoder = new GifEncoder({ ...SIZE, mode, ...settings });
  const parts: Uint8Array[] = [];
  const pictures: Uint8Array[] = [];
  for (let i = 0; i < 8; i++) {
    const picture = scene(SIZE.width, SIZE.height, i * 4, i < 5 ? 1 : 4);
    const part = encoder.encode(picture, 10, { keyframe: i === 3 });
    if (part === undefined) continue;
    parts.push(part.bytes);
    pictures.push(encoder.pixels.slice());
  }
  const gif = bytes(streamHeader(SIZE), ...parts, TRAILER);
  return { gif, pictures: bytes(...pictures) };
}

async function run(program: string, args: string[]): Promise<Uint8Array> {
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args,
    stdin: "null",
    stderr: "piped",
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  return stdout;
}

function decodedByFfmpeg(path: string): Promise<Uint8Array> {
  const input = ["-v", "error", "-i", path, "-fps_mode", "passthrough"];
  return run("ffmpeg", [
    ...input,
    ...["-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
  ]);
}

for (const mode of ENCODER_MODES) {
  Deno.test({
    name: `ffmpeg draws what GifEncoder, ${mode}, says`,
    ignore: !FFMPEG,
    async fn() {
      const path = await Deno.makeTempFile({ suffix: ".gif" });
      try {
        for (const settings of SETTINGS) {
          const { gif, pictures } = film(mode, settings);
          await Deno.writeFile(path, gif);
          assertEquals(await decodedByFfmpeg(path), pictures);
        }
      } finally {
        await Deno.remove(path);
      }
    },
  });

  Deno.test({
    name: `gifsicle draws what GifEncoder, ${mode}, says`,
    ignore: !GIFSICLE || !FFMPEG,
    async fn() {
      const folder = await Deno.makeTempDir();
      try {
        const path = join(folder, "film.gif");
        const drawn = join(folder, "drawn.gif");
        for (const settings of SETTINGS) {
          const { gif, pictures } = film(mode, settings);
          await Deno.writeFile(path, gif);
          await run("gifsicle", ["--unoptimize", path, "-o", drawn]);
          assertEquals(await decodedByFfmpeg(drawn), pictures);
        }
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

Deno.test({
  name: "Chromium draws what GifEncoder says in every mode",
  ignore: !CHROMIUM.installed,
  async fn() {
    const films = ENCODER_MODES.flatMap((mode) =>
      SETTINGS.map((settings) => film(mode, settings))
    );
    const drawn = await decodedByChromium(films.map(({ gif }) => gif));
    for (const [i, { pictures }] of films.entries()) {
      const rgb = opaque(new Uint8ClampedArray(drawn[i].buffer));
      assertEquals(rgb, pictures, `film ${i}`);
    }
  },
});
