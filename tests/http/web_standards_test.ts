import { assert, assertEquals } from "@std/assert";

/** A module, as `deno info --json` tells of it. */
interface Module {
  specifier: string;
  dependencies?: {
    /** Missing where only types are imported. */
    code?: { specifier: string };
    isDynamic?: true;
  }[];
}

async function modulesOf(entry: URL): Promise<Map<string, Module>> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", entry.href],
  }).output();
  assert(success);
  const { modules } = JSON.parse(new TextDecoder().decode(stdout));
  return new Map(modules.map((each: Module) => [each.specifier, each]));
}

Deno.test("createHandler() loads where there are only web standards", async () => {
  const entry = new URL("../../src/http/handler.ts", import.meta.url);
  const modules = await modulesOf(entry);
  const ours = new URL("../../src/", import.meta.url).href;
  /** Each with those that lead to it. */
  const reached = new Map([[entry.href, [entry.href]]]);
  for (const [specifier, path] of reached) {
    for (
      const { code, isDynamic } of modules.get(specifier)?.dependencies ?? []
    ) {
      if (code === undefined || isDynamic) continue;
      const to = [...path, code.specifier];
      assert(!code.specifier.startsWith("node:"), to.join("\n"));
      if (!code.specifier.startsWith(ours)) continue;
      if (!reached.has(code.specifier)) reached.set(code.specifier, to);
    }
  }
  assertEquals(reached.has(new URL("http/access/secret.ts", ours).href), true);
});
