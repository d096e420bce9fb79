import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { checkScripts } from "../../tools/browsers/check_scripts.ts";
import { checkStyles } from "../../tools/browsers/check_styles.ts";
import { checkPage } from "../../tools/browsers/main.ts";
import { withFolder } from "../support/folder/temporary_folder.ts";

Deno.test("the page uses nothing that the oldest browsers do not know", async () => {
  assertEquals(await checkPage(), []);
});

/** Lines of a script, and what is found in each. */
const SCRIPTS: Record<string, string | undefined> = {
  "fetch('a', { signal: AbortSignal.timeout(5) });":
    "AbortSignal.timeout (not in chrome 80, firefox 78, safari 13)",
  "document.body.replaceChildren();":
    "HTMLElement.replaceChildren (not in chrome 80, safari 13)",
  "[1].at(0);": "Array.at (not in chrome 80, firefox 78, safari 13)",
  "new BroadcastChannel('a');": "BroadcastChannel (not in safari 13)",
  "structuredClone({});":
    "structuredClone (not in chrome 80, firefox 78, safari 13)",
  "const { value } = JSON.parse('{}');": "the type of what has value",
  "if ('share' in navigator) navigator.share();": undefined,
  "document.querySelector('a')?.remove();": undefined,
  "const parts = [...new URL('b', location.href).searchParams];": undefined,
};

Deno.test("checkScripts() finds what old browsers do not know", () =>
  withFolder(async (folder) => {
    for (const [line, expected] of Object.entries(SCRIPTS)) {
      const path = join(folder, "main.js");
      await Deno.writeTextFile(path, `export {};\n${line}\n`);
      const found = checkScripts([path]);
      const wanted = expected === undefined ? [] : [`${path}:2: ${expected}`];
      assertEquals(found, wanted, line);
    }
  }));

/** Style sheets, and what is found in each. */
const STYLES: Record<string, string[]> = {
  "a { aspect-ratio: 1 }": ["aspect-ratio"],
  "a { display: flex; gap: 1rem }": ["gap in flex"],
  "a { display: grid; gap: 1rem }": [],
  "a { width: 1dvw }": ["dvw"],
  "a { width: 1vw; width: 1dvw }": [],
  "a { color: oklch(1 1 1) }": ["oklch()"],
  "a { overflow-wrap: anywhere }": ["overflow-wrap: anywhere"],
  "a:has(b) { color: red }": [":has"],
  "@layer { a { color: red } }": ["@layer"],
  "@media (hover: hover) { a { color: red } }": [],
  "a { font: 1rem ui-monospace, monospace }": [],
};

Deno.test("checkStyles() finds what old browsers do not know", () => {
  for (const [css, expected] of Object.entries(STYLES)) {
    const found = checkStyles("a.css", css)
      .map((line) => line.match(/^a\.css:1: (.*) \(not in .*\)$/)?.[1]);
    assertEquals(found, expected, css);
    assertEquals(checkStyles("a.css", css, new Set(expected)), []);
  }
});
