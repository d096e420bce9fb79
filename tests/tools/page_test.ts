import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { madePublic } from "../../tools/browsers/without_private_names.ts";
import { pageHtml, WRITTEN_MODULES } from "../../tools/page.ts";
import { withFolder } from "../support/folder/temporary_folder.ts";

const HTML = `<link rel="stylesheet" href="look.css">
<script type="module" src="main.js"></script>
`;
const MAIN = `import { a } from "./a.js";
document.title = a?.b ?? "none";
`;
const A = `/** Comments stay at home. */
export const a = { b: "\`\${1}$&" };
`;

// The child process of esbuild ends a moment after it was stopped.
const ESBUILD = { sanitizeOps: false, sanitizeResources: false };

for (const { path, text } of WRITTEN_MODULES) {
  Deno.test({
    name: `deno task page has run since the sources changed: ${path}`,
    ...ESBUILD,
    async fn() {
      const kept = await Deno.readTextFile(path);
      assert(kept === await text(), `${path} is out of date: deno task page`);
    },
  });
}

function madeOf(files: Record<string, string>): Promise<string> {
  let html = "";
  return withFolder(async (folder) => {
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(join(folder, name), text);
    }
    html = await pageHtml(join(folder, "page.html"));
  }).then(() => html);
}

Deno.test({
  name: "pageHtml() puts style and script into the page, for old browsers",
  ...ESBUILD,
  async fn() {
    const html = await madeOf({
      "page.html": HTML,
      "look.css": "/* For us. */\np { margin: 0; }\n",
      "main.js": MAIN,
      "a.js": A,
    });
    assert(html.startsWith('<style nonce="$NONCE">\np{margin:0}\n</style>'));
    const script = html.slice(html.indexOf("<script"));
    assert(script.startsWith('<script type="module" nonce="$NONCE">\n'));
    assert(script.includes("`${1}$&") || script.includes('"`${1}$&"'), script);
    // The oldest browsers do not know `?.`, and nobody needs the comments.
    assert(!/\?\.|\/\*\*|import/.test(script), script);
  },
});

for (const script of [`const a = "$NAME";\n`, `const a = "</style>";\n`]) {
  Deno.test({
    name: `pageHtml() refuses ${script.trim()}`,
    ...ESBUILD,
    async fn() {
      const files = {
        "page.html": HTML,
        "look.css": "",
        "main.js": `${script}console.log(a);\n`,
      };
      await assertRejects(() => madeOf(files), Error, "found");
    },
  });
}

Deno.test({
  name: "pageHtml() puts in words, and all style sheets in their order",
  ...ESBUILD,
  async fn() {
    const files = {
      "page.html":
        `${HTML}<link rel="stylesheet" href="more.css"><p>{{ a.b }}</p>`,
      "look.css": "p { margin: 0; }\n",
      "more.css": "p { margin: 1px; }\n",
      "main.js": MAIN,
      "a.js": A,
      "words.js": `export const A = { b: 'Tom & "<Jerry>"' };\n`,
    };
    const html = await madeOf(files);
    assert(html.includes("p{margin:0}p{margin:1px}\n</style>"), html);
    assert(html.endsWith("<p>Tom &amp; &quot;&lt;Jerry&gt;&quot;</p>"), html);
    assertEquals(html.match(/<style|<link/g), ["<style"]);
    const unknown = { ...files, "page.html": `${HTML}{{a.c}}` };
    await assertRejects(() => madeOf(unknown), Error, "expected {{a.c}} in");
  },
});

Deno.test("madePublic() leaves no private name, and selectors as they are", () => {
  const text = `class A {
  #a = element("#a");
  #b;
  get #c() {
    return this.#b?.#a;
  }
  async #d() {
    await other.#d();
  }
}
`;
  const expected = `class A {
  _a = element("#a");
  _b;
  get _c() {
    return this._b?._a;
  }
  async _d() {
    await other._d();
  }
}
`;
  assertEquals(madePublic(text), expected);
  const unusual = "class A {\n  #a = 1;\n  b = () => #a in this;\n}\n";
  assertThrows(() => madePublic(unusual), Error, "#a");
});

Deno.test({
  name: "pageHtml() refuses a page without a script",
  ...ESBUILD,
  async fn() {
    const html = HTML.replace(/<script.*/, "");
    const made = madeOf({ "page.html": html, "look.css": "" });
    const error = await assertRejects(() => made, Error);
    assertEquals(error.message.startsWith("Cannot make the page"), true);
  },
});
