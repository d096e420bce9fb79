import { isGranted } from "./is_granted.ts";
import { nodeOs } from "./node_builtins.ts";

/** Nice value of a thread that gives way: it gets a third of what others get. */
const NICE = 5;

/**
 * Lets threads that send to viewers go first while all want the processor. It
 * does so on Linux, where each thread has a priority of its own, and where the
 * program may.
 */
export function giveWay(): void {
  const os = nodeOs();
  if (os?.platform() !== "linux") return;
  if (isGranted({ name: "sys", kind: "setPriority" }) === false) return;
  try {
    os.setPriority(0, NICE);
  } catch {
    // Some sandboxes forbid it: then all threads take turns.
  }
}
