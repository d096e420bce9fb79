import { assertEquals, assertLess } from "@std/assert";
import { decodeGif } from "../../src/gif/canvas/decode_gif.ts";
import { bundleOf, startExample, startInNode } from "../support/example.ts";
import { withFolder } from "../support/folder/temporary_folder.ts";
import { seen } from "../support/http/watch.ts";
import { deno, output, runtimePath } from "../support/runtimes/runtime.ts";

const CLIP = new URL("../../docs/test-pattern.gif", import.meta.url);
/** Lines of code that what people do first may take. */
const MAX_LINES = 15;

const SERVERS = [
  { runtime: "Deno", start: (name: string) => startExample(name) },
  { runtime: "Node 22", start: startInNode },
] as const;

for (const { runtime, start } of SERVERS) {
  Deno.test(`examples/pixels.ts shows what it draws, in ${runtime}`, () =>
    withFolder(async (folder) => {
      await using program = await start("pixels", folder);
      const address = `${program.origin}/pixels.gif`;
      const first = await seen(address);
      assertEquals([first.width, first.height], [160, 90]);
      await seen(address, ({ rgba }) => rgba[0] !== first.rgba[0]);
    }));

  Deno.test(`examples/parts.ts shows a GIF that it is given, in ${runtime}`, () =>
    withFolder(async (folder) => {
      await using program = await start("parts", folder);
      const watching = seen(`${program.origin}/parts.gif`);
      const bytes = await Deno.readFile(CLIP);
      const [{ screen }] = decodeGif(bytes);
      await program.write(bytes);
      const { width, height } = await watching;
      assertEquals({ width, height }, screen);
    }));
}

Deno.test("examples/file.ts writes a GIF that loops, in Deno and Node 22", () =>
  withFolder(async (folder) => {
    const files = [`${folder}/deno.gif`, `${folder}/node.gif`];
    await deno(["run", "--allow-write", "examples/file.ts", files[0]]);
    const bundle = await bundleOf("file", folder);
    await output(await runtimePath("node22"), [bundle, files[1]]);
    const [one, other] = await Promise.all(
      files.map((file) => Deno.readFile(file)),
    );
    assertEquals(one, other);
    assertEquals([...decodeGif(one)].length, 20);
  }));

Deno.test("what people do first takes few lines", async () => {
  for (const name of ["pixels", "file", "parts"]) {
    const file = new URL(`../../examples/${name}.ts`, import.meta.url);
    const text = await Deno.readTextFile(file);
    const lines = text.replace(/^\/\*\*[^]*?\*\/\n/, "").split("\n")
      .filter((line) => line.trim() !== "" && !line.startsWith("import "));
    assertLess(lines.length, MAX_LINES, name);
  }
});
