/**
 * What README.md and the documents beside it say, held against the code and
 * against each other.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { exists } from "@std/fs/exists";
import { walk } from "@std/fs/walk";
import { dirname, fromFileUrl, globToRegExp, join, relative } from "@std/path";
import config from "../deno.json" with { type: "json" };
import { ADDRESSES } from "../src/http/routing/routes.ts";

const ROOT = fromFileUrl(new URL("../", import.meta.url));
/** README.md is for those who have a few minutes. */
const MAX_README_LINES = 200;

/** The text of each document, by its path. */
async function documents(): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const path of ["README.md", "CONTRIBUTING.md", "SECURITY.md"]) {
    texts.set(path, await Deno.readTextFile(join(ROOT, path)));
  }
  for await (const { path } of walk(join(ROOT, "docs"), { exts: [".md"] })) {
    texts.set(relative(ROOT, path), await Deno.readTextFile(path));
  }
  return texts;
}

/** Without what is shown as it is typed. */
function withoutCode(text: string): string {
  return text.replaceAll(/^```[^]*?^```$/gm, "");
}

/** Where the links of a document lead, but for those to other places. */
function linksIn(text: string): string[] {
  return [...withoutCode(text).matchAll(/(?:\]\(|<img src=")([^)"\s]+)/g)]
    .map(([, link]) => link)
    .filter((link) => !/^https?:/.test(link));
}

/** The anchors of a document's headings, as GitHub makes them. */
function anchorsIn(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading.toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-")
  );
}

Deno.test("README.md is short", async () => {
  const readme = await Deno.readTextFile(join(ROOT, "README.md"));
  const lines = readme.trimEnd().split("\n").length;
  assert(lines <= MAX_README_LINES, `README.md has ${lines} lines`);
});

Deno.test("the links of the documents lead somewhere", async () => {
  const texts = await documents();
  const broken: string[] = [];
  for (const [path, text] of texts) {
    for (const link of linksIn(text)) {
      const [file, anchor] = link.split("#");
      const target = file === "" ? path : join(dirname(path), file);
      const isThere = await exists(join(ROOT, target)) &&
        (anchor === undefined ||
          anchorsIn(texts.get(target) ?? "").includes(anchor));
      if (!isThere) broken.push(`${path}: ${link}`);
    }
  }
  assertEquals(broken, []);
});

Deno.test("the files that published documents lead to are published", async () => {
  const { include } = config.publish;
  const isPublished = (path: string) =>
    include.some((each) =>
      each.includes("*") ? globToRegExp(each).test(path) : each === path ||
        each.endsWith("/") && `${path}/`.startsWith(each)
    );
  const missing: string[] = [];
  for (const [path, text] of await documents()) {
    // Who contributes has a checkout.
    if (!isPublished(path) || path === "CONTRIBUTING.md") continue;
    for (const link of linksIn(text)) {
      const file = link.replace(/#.*/, "");
      const target = join(dirname(path), file);
      if (file !== "" && !isPublished(target)) missing.push(`${path}: ${link}`);
    }
  }
  assertEquals(missing, []);
});

Deno.test("docs/http.md names every address", async () => {
  const text = await Deno.readTextFile(join(ROOT, "docs/http.md"));
  const names = (path: string) => text.includes(`\`${path}\``);
  // A heading names several that differ at their ends.
  const headings = [...text.matchAll(/^## (\/.*)$/gm)]
    .flatMap(([, heading]) => {
      const [first, ...ends] = heading.split(", ");
      const last = first.search(/[./][^./]*$/);
      return [
        first,
        ...ends.flatMap((end) => [end, first.slice(0, last) + end]),
      ];
    });
  const missing = ADDRESSES.map(({ path }) => path)
    .filter((path) => !names(path) && !headings.includes(path));
  assertEquals(missing, []);
});

Deno.test("docs/library.md tells of every example", async () => {
  const text = await Deno.readTextFile(join(ROOT, "docs/library.md"));
  const helpers = ["font.ts"];
  for await (const { name } of Deno.readDir(join(ROOT, "examples"))) {
    if (!name.endsWith(".ts") || helpers.includes(name)) continue;
    assert(text.includes(`\`${name}\``), name);
  }
});
