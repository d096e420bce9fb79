import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let collect: (() => void) | undefined;

/** Collects garbage, until the condition holds; false if it never does. */
export async function collectGarbageUntil(
  condition: () => boolean,
): Promise<boolean> {
  if (collect === undefined) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc");
  }
  for (let i = 0; i < 20; i++) {
    // What a turn of the event loop still holds is free in the next.
    await new Promise((resolve) => setTimeout(resolve, 10));
    collect!();
    if (condition()) return true;
  }
  return false;
}
