import { join } from "@std/path";
import type { Film } from "../film.ts";
import { timed } from "../programs.ts";
import type { Encoded } from "./encoded.ts";

/** gifsicle on what another made, its time added to the other's. */
export async function gifsicle(
  of: Encoded,
  lossy: number,
  film: Film,
  folder: string,
): Promise<Encoded> {
  const from = join(folder, "of.gif"), to = join(folder, "lossy.gif");
  await Deno.writeFile(from, of.gif);
  const options = ["-O3", `--lossy=${lossy}`, "--no-warnings"];
  const time = await timed("gifsicle", [...options, from, "-o", to]);
  return {
    name: `gifsicle ${lossy} of ${of.name.replace("ffmpeg ", "")}`,
    gif: await Deno.readFile(to),
    millisecondsPerFrame: of.millisecondsPerFrame + time / film.frames.length,
  };
}
