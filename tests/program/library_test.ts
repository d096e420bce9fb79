import { assertEquals, assertStringIncludes } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { withFolder } from "../support/folder/temporary_folder.ts";
import { bundle } from "../support/runtimes/runtime.ts";

const MOD = fromFileUrl(new URL("../../mod.ts", import.meta.url));

/** Runs a module without permissions. */
async function run(module: string): Promise<{ code: number; text: string }> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", module],
    stdin: "null",
  }).output();
  return { code, text: new TextDecoder().decode(stderr) };
}

Deno.test("mod.ts says what to run when it is run as a program", async () => {
  const { code, text } = await run(MOD);
  assertEquals(code, 2);
  assertStringIncludes(text, "deno run -A cli.ts --help");
});

Deno.test("mod.ts says nothing in a bundle of somebody's program", () =>
  withFolder(async (folder) => {
    const file = `${folder}/bundle.js`;
    await bundle(`import "${MOD}";`, file);
    assertEquals(await run(file), { code: 0, text: "" });
  }));
