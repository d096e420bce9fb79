interface NodeProcess {
  getBuiltinModule?: {
    (name: "node:fs"): typeof import("node:fs");
    (name: "node:os"): typeof import("node:os");
  };
}

/**
 * The module `node:fs` of Deno and Node; undefined in other runtimes, where a
 * static import would keep this module from loading.
 */
export function nodeFs(): typeof import("node:fs") | undefined {
  const { process } = globalThis as { process?: NodeProcess };
  return process?.getBuiltinModule?.("node:fs");
}

/** The module `node:os`, likewise. */
export function nodeOs(): typeof import("node:os") | undefined {
  const { process } = globalThis as { process?: NodeProcess };
  return process?.getBuiltinModule?.("node:os");
}
