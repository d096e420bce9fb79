import { pause } from "../../timing/pause.ts";

/** Time between two looks at files. */
const LOOK_MILLISECONDS = 1000;

/**
 * Looks at files again and again, and tells when they have changed and all
 * stay as they are from one look to the next. So it needs no thread, works
 * where nothing reports changes, and follows links that are set anew.
 *
 * @param paths The paths of the files. While one is missing nothing is told.
 * @param onChange Called after a change.
 * @param signal Ends it.
 */
export async function watchFiles(
  paths: readonly string[],
  onChange: () => void,
  signal: AbortSignal,
): Promise<void> {
  let told = await stateOf(paths);
  let before = told;
  while (!signal.aborted) {
    await pause(LOOK_MILLISECONDS, signal);
    const now = await stateOf(paths);
    const isSettled = now === before;
    before = now;
    if (signal.aborted || now === undefined || now === told) continue;
    // Editors may write a file in pieces, and a certificate before its key.
    if (!isSettled) continue;
    told = now;
    onChange();
  }
}

/** A text that changes with the files; undefined if they cannot be looked at. */
async function stateOf(paths: readonly string[]): Promise<string | undefined> {
  try {
    const infos = await Promise.all(paths.map((path) => Deno.stat(path)));
    return infos.map(({ mtime, size, ino }) =>
      `${mtime?.getTime()} ${size} ${ino}`
    ).join("\n");
  } catch {
    // It may be about to be replaced. Reading it would say what is wrong.
    return undefined;
  }
}
