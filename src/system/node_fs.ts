interface NodeProcess {
  getBuiltinModule?: (name: "node:fs") => typeof import("node:fs");
}

/**
 * The module `node:fs` of Deno and Node; undefined in other runtimes, where a
 * static import would keep this module from loading.
 */
export function nodeFs(): typeof import("node:fs") | undefined {
  const { process } = globalThis as { process?: NodeProcess };
  return process?.getBuiltinModule?.("node:fs");
}
