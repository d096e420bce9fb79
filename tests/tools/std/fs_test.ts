import { assertEquals, assertRejects } from "@std/assert";
import { ensureDir } from "@std/fs/ensure-dir";
import { exists } from "@std/fs/exists";
import { walk, type WalkOptions } from "@std/fs/walk";
import { join, relative } from "@std/path";

/** Runs the test in a folder with `a.gif`, `b/c.txt` and `link` to `b`. */
async function inTree(test: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.realPath(await Deno.makeTempDir());
  try {
    await Deno.mkdir(join(root, "b"));
    await Deno.writeTextFile(join(root, "a.gif"), "");
    await Deno.writeTextFile(join(root, "b", "c.txt"), "");
    await Deno.symlink(join(root, "b"), join(root, "link"));
    await test(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

async function walked(root: string, options: WalkOptions): Promise<string[]> {
  const paths = await Array.fromAsync(walk(root, options), ({ path }) => path);
  return paths.map((path) => relative(root, path)).sort();
}

Deno.test("ensureDir() makes parents and accepts a directory that is there", () =>
  inTree(async (root) => {
    await ensureDir(join(root, "x", "y"));
    await ensureDir(join(root, "x", "y"));
    assertEquals((await Deno.stat(join(root, "x", "y"))).isDirectory, true);
  }));

Deno.test("ensureDir() rejects when a file is in the way", () =>
  inTree(async (root) => {
    await assertRejects(
      () => ensureDir(join(root, "a.gif")),
      Error,
      "Failed to ensure directory exists",
    );
  }));

Deno.test("exists() tells files, directories and nothing apart", () =>
  inTree(async (root) => {
    assertEquals(await exists(join(root, "a.gif")), true);
    assertEquals(await exists(join(root, "a.gif"), { isFile: true }), true);
    assertEquals(
      await exists(join(root, "a.gif"), { isDirectory: true }),
      false,
    );
    assertEquals(await exists(join(root, "b"), { isDirectory: true }), true);
    assertEquals(await exists(join(root, "nothing")), false);
  }));

Deno.test("walk() yields the root, directories, files and links", () =>
  inTree(async (root) => {
    const all = ["", "a.gif", "b", join("b", "c.txt"), "link"];
    assertEquals(await walked(root, {}), all);
  }));

Deno.test("walk() keeps what its options ask for", () =>
  inTree(async (root) => {
    assertEquals(await walked(root, { exts: ["gif"] }), ["a.gif"]);
    assertEquals(
      await walked(root, { maxDepth: 1, includeDirs: false }),
      ["a.gif", "link"],
    );
    assertEquals(await walked(root, { skip: [/[/\\]b$/] }), [
      "",
      "a.gif",
      "link",
    ]);
    assertEquals(await walked(root, { match: [/c\.txt$/] }), [
      join("b", "c.txt"),
    ]);
  }));

Deno.test("walk() follows links when asked", () =>
  inTree(async (root) => {
    const options = { followSymlinks: true, includeDirs: false };
    assertEquals(await walked(root, options), [
      "a.gif",
      join("b", "c.txt"),
      join("b", "c.txt"),
    ]);
  }));
