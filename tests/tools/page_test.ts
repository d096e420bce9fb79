import { assert, assertEquals, assertRejects } from "@std/assert";
import { PAGE_MODULE, pageModule, type ReadSource } from "../../tools/page.ts";

const HTML = `<link rel="stylesheet" href="look.css">
<script type="module" src="main.js"></script>
`;

Deno.test("deno task page has run since the sources of the page changed", async () => {
  const made = await pageModule();
  const kept = await Deno.readTextFile(PAGE_MODULE);
  assert(made === kept, `${PAGE_MODULE} is out of date: run: deno task page`);
});

Deno.test("pageModule() puts style and script into the page, modules in order", async () => {
  const html = await madeOf({
    "page.html": HTML,
    "look.css": "p { margin: 0; }\n",
    "main.js": `/** @module */

import {
  a,
  b,
} from "./ab.js";
import { c } from "./c.js";
/** @import { C } from "./c.js" */

a(b, c);
`,
    "ab.js": `import { c } from "./c.js";

export function a() {}
export const b = c;
`,
    "c.js": "/** @typedef {string} C */\n\nexport const c = `\\n${1}$&`;\n",
  });
  assertEquals(
    html,
    `<style nonce="$NONCE">
p { margin: 0; }
</style>
<script type="module" nonce="$NONCE">
/** @typedef {string} C */

const c = \`\\n\${1}$&\`;

function a() {}
const b = c;

/** @module */

a(b, c);
</script>
`,
  );
});

for (
  const [found, script] of [
    ["import { a as b }", `import { a as b } from "./a.js";\n`],
    ["import a", `import a from "./a.js";\n`],
    ["export default", "export default 1;\n"],
    ["export { a }", "const a = 1;\nexport { a };\n"],
    ["import(", `const a = await import("./a.js");\n`],
    ["@import", `/** @import * as a from "./a.js" */\n`],
    ["</script", `const a = "</script>";\n`],
    ["$NAME", `const a = "$NAME";\n`],
  ]
) {
  Deno.test(`pageModule() refuses ${found} in a script`, async () => {
    const files = { "page.html": HTML, "look.css": "", "main.js": script };
    await assertRejects(() => madeOf(files), Error, `found ${found}`);
  });
}

Deno.test("pageModule() refuses a page without a script", async () => {
  const files = { "page.html": HTML.split("\n")[0], "look.css": "" };
  await assertRejects(() => madeOf(files), Error, "in page.html");
});

/** The page that the module made of these files exports. */
async function madeOf(files: Record<string, string>): Promise<unknown> {
  const read: ReadSource = (name) => Promise.resolve(files[name]);
  const url = `data:text/typescript,${
    encodeURIComponent(await pageModule(read))
  }`;
  return (await import(url)).pageHtml;
}
