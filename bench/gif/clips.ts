/**
 * Pictures to measure with, as ffmpeg writes them into GIFs.
 *
 * @module
 */

import { sharedFolder } from "../../tests/support/require.ts";

/** A GIF and what is in it. */
export interface Clip {
  name: string;
  gif: Uint8Array<ArrayBuffer>;
}

const FRAMES = "10";
const PALETTE = "split[a][b];[a]palettegen[p];[b][p]paletteuse";
const WHOLE_FRAMES = ["-gifflags", "-offsetting-transdiff"];

/** A pattern that ffmpeg draws: half a million colors, or flat areas. */
const PATTERNS: Record<string, string> = {
  fractal: `mandelbrot=s=480x270:r=10,trim=end_frame=${FRAMES}`,
  graphics: `testsrc2=s=480x270:r=10:d=1`,
};

/** Clips of the folder beside the checkout, measured where they are there. */
const CLIPS = ["bikes.mp4", "bigbuckbunny.mp4", "screencast.mkv"];

/** GIFs of 10 whole pictures each, with one palette made for all of them. */
export async function wholeFrames(): Promise<Clip[]> {
  const clips: Clip[] = [];
  for (const [name, graph] of Object.entries(PATTERNS)) {
    const input = ["-f", "lavfi", "-i", `${graph},${PALETTE}`];
    clips.push({ name, gif: await gifOf([...input, ...WHOLE_FRAMES]) });
  }
  return [...clips, ...await filmed(WHOLE_FRAMES)];
}

/** GIFs of a first picture and 9 changes. */
export function changes(): Promise<Clip[]> {
  return filmed([]);
}

async function filmed(options: string[]): Promise<Clip[]> {
  const folder = sharedFolder("media");
  if (folder === undefined) return [];
  return await Promise.all(CLIPS.map(async (name) => {
    const input = ["-t", "1", "-i", `${folder}/${name}`];
    const filter = ["-vf", `fps=10,scale=480:270,${PALETTE}`];
    const gif = await gifOf([...input, ...filter, ...options]);
    return { name, gif };
  }));
}

async function gifOf(args: string[]): Promise<Uint8Array<ArrayBuffer>> {
  const output = ["-frames:v", FRAMES, "-f", "gif", "-"];
  const { success, stdout, stderr } = await new Deno.Command("ffmpeg", {
    args: ["-v", "error", ...args, ...output],
    stdin: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return stdout;
}
