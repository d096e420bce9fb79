import { Canvas } from "../../src/gif/canvas/canvas.ts";
import { FrameReader } from "../../src/gif/read/frame_reader.ts";
import { sharedFolder } from "../../tests/support/require.ts";

/** One picture of a film in 256 colors, or of a fractal where there is none. */
export async function filmCanvas(
  width: number,
  height: number,
): Promise<Canvas> {
  const folder = sharedFolder("media");
  const input = folder === undefined
    ? ["-f", "lavfi", "-i", "mandelbrot"]
    : ["-ss", "1", "-i", `${folder}/bikes.mp4`];
  const filter = `scale=${width}:${height},split[a][b];` +
    "[a]palettegen=stats_mode=single[p];[b][p]paletteuse=new=1";
  const { success, stdout, stderr } = await new Deno.Command("ffmpeg", {
    args: ["-v", "error", ...input, "-vf", filter].concat(
      ["-frames:v", "1", "-f", "gif", "-"],
    ),
    stdin: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const reader = new FrameReader();
  reader.push(stdout);
  reader.end();
  const frame = reader.next()!;
  const canvas = new Canvas(frame.screen);
  canvas.draw(frame);
  return canvas;
}
