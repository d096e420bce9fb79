/** Nice value of a thread that gives way: it gets a third of what others get. */
const NICE = 5;

interface Runtime {
  process?: {
    getBuiltinModule?: (name: "node:os") => typeof import("node:os");
  };
  Deno?: {
    permissions: {
      querySync(of: { name: "sys"; kind: "setPriority" }): { state: string };
    };
  };
}

/**
 * Lets threads that send to viewers go first while all want the processor. It
 * does so on Linux, where each thread has a priority of its own, and where the
 * program may.
 */
export function giveWay(): void {
  // By a static import of `node:os`, others could not load this module.
  const { process, Deno } = globalThis as Runtime;
  const os = process?.getBuiltinModule?.("node:os");
  if (os?.platform() !== "linux") return;
  // Asked first, since Deno would ask the user.
  const { state } =
    Deno?.permissions.querySync({ name: "sys", kind: "setPriority" }) ??
      { state: "granted" };
  if (state !== "granted") return;
  try {
    os.setPriority(0, NICE);
  } catch {
    // Some sandboxes forbid it: then all threads take turns.
  }
}
