import { pause } from "../../timing/pause.ts";

/** Time between two looks at a file. */
const LOOK_MILLISECONDS = 1000;

/**
 * Looks at a file again and again, and tells when it has changed and stays as
 * it is from one look to the next. So it needs no thread, works where nothing
 * reports changes, and follows links that are set anew.
 *
 * @param path The path of the file. While it is missing nothing is told.
 * @param onChange Called after a change.
 * @param signal Ends it.
 */
export async function watchConfig(
  path: string,
  onChange: () => void,
  signal: AbortSignal,
): Promise<void> {
  let told = await stateOf(path);
  let before = told;
  while (!signal.aborted) {
    await pause(LOOK_MILLISECONDS, signal);
    const now = await stateOf(path);
    const isSettled = now === before;
    before = now;
    if (signal.aborted || now === undefined || now === told) continue;
    // Editors may write a file in pieces.
    if (!isSettled) continue;
    told = now;
    onChange();
  }
}

/** What changes with the file; undefined if it cannot be looked at. */
async function stateOf(path: string): Promise<string | undefined> {
  try {
    const { mtime, size, ino } = await Deno.stat(path);
    return `${mtime?.getTime()} ${size} ${ino}`;
  } catch {
    // It may be about to be replaced. Reading it would say what is wrong.
    return undefined;
  }
}
