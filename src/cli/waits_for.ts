import type { InputKind } from "./source/source_kind.ts";
import { ffmpegRecipe } from "./options/help.ts";

/**
 * Lines that say what a source waits for at its start; most kinds have none.
 *
 * @param alone True if there is no other input; then the lines also say how to
 * fill a folder.
 */
export function waitsFor(
  input: string,
  kind: InputKind,
  alone: boolean,
): string[] {
  if (kind === "growing") return [`Following ${input} as it grows`];
  if (kind === "picture") return [`Showing ${input}, again when it is written`];
  if (kind !== "folder") return [];
  const waiting = `Waiting for frames in ${input}`;
  if (!alone) return [waiting];
  const recipe = ffmpegRecipe(input).map((line) => `  ${line}`);
  return [`${waiting}; for example, from this command:`, ...recipe];
}
