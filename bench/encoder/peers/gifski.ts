import { join } from "@std/path";
import { encode as encodePng } from "fast-png";
import { type Film, FRAMES_PER_SECOND } from "../film.ts";
import { run, timed } from "../programs.ts";
import type { Encoded } from "./encoded.ts";

const VERSION = "1.7.1";
/** The program in npm's package, by operating system. */
const PROGRAMS: Partial<Record<typeof Deno.build.os, string>> = {
  linux: "bin/debian/gifski",
  darwin: "bin/macos/gifski",
};

/** gifski on pictures that it reads as PNG, at some of its qualities. */
export async function gifski(
  film: Film,
  qualities: readonly number[],
  folder: string,
): Promise<Encoded[]> {
  const program = await programIn(folder);
  const pictures: string[] = [];
  for (const [i, data] of film.frames.entries()) {
    const path = join(folder, `picture${`${i}`.padStart(4, "0")}.png`);
    const { width, height } = film;
    const png = encodePng({ width, height, data, channels: 3 });
    await Deno.writeFile(path, png);
    pictures.push(path);
  }
  const output = join(folder, "gifski.gif");
  const results: Encoded[] = [];
  for (const quality of qualities) {
    const time = await timed(program, [
      ...["--quiet", "--fps", `${FRAMES_PER_SECOND}`, "--no-sort"],
      ...["--width", `${film.width}`, "--height", `${film.height}`],
      ...["--quality", `${quality}`, "--output", output, ...pictures],
    ]);
    results.push({
      name: `gifski ${quality}`,
      gif: await Deno.readFile(output),
      millisecondsPerFrame: time / film.frames.length,
    });
  }
  return results;
}

/** The program, out of the package, which is no module. */
async function programIn(folder: string): Promise<string> {
  const name = PROGRAMS[Deno.build.os];
  if (name === undefined) {
    throw new Error(`Cannot run gifski: it has no ${Deno.build.os} program`);
  }
  const path = join(folder, "gifski");
  const deno = Deno.execPath();
  await run(deno, ["cache", "--no-lock", `npm:gifski@${VERSION}`]);
  const { npmCache } = JSON.parse(
    new TextDecoder().decode(await run(deno, ["info", "--json"])),
  );
  for await (const registry of Deno.readDir(npmCache)) {
    const kept = join(npmCache, registry.name, "gifski", VERSION, name);
    if (!await isFile(kept)) continue;
    await Deno.copyFile(kept, path);
    await Deno.chmod(path, 0o755);
    return path;
  }
  throw new Error(`Cannot run gifski: expected it below ${npmCache}`);
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    if (error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}
