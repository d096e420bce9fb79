interface NodeProcess {
  getBuiltinModule?: (name: "node:fs") => typeof import("node:fs");
}

/**
 * The module `node:fs`, as Deno and Node have it; undefined where there is no
 * such thing. An import of it would keep this from loading there.
 */
export function nodeFs(): typeof import("node:fs") | undefined {
  const { process } = globalThis as { process?: NodeProcess };
  return process?.getBuiltinModule?.("node:fs");
}
