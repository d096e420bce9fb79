import type { InputKind } from "../source/source_kind.ts";
import { isFrameName } from "../../source/folder/folder.ts";
import { ffmpegRecipe } from "../options/help.ts";

/**
 * Lines that say what a source waits for at its start; most kinds have none,
 * and so has a folder with frames in it.
 *
 * @param alone True if there is no other input; then the lines also say how to
 * fill a folder.
 */
export async function waitsFor(
  input: string,
  kind: InputKind,
  alone: boolean,
): Promise<string[]> {
  if (kind === "growing") return [`Following ${input} as it grows`];
  if (kind === "picture") return [`Showing ${input}, again when it is written`];
  if (kind !== "folder" || await holdsFrame(input)) return [];
  const waiting = `Waiting for frames in ${input}`;
  if (!alone) return [waiting];
  const recipe = ffmpegRecipe(input).map((line) => `  ${line}`);
  return [`${waiting}; for example, from this command:`, ...recipe];
}

/** False, too, for a folder that is not there or cannot be read. */
async function holdsFrame(folder: string): Promise<boolean> {
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (isFile && isFrameName(name)) return true;
    }
  } catch {
    // The source of the folder reports that.
  }
  return false;
}
