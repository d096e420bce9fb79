/**
 * Finds what the page, the frame and the element use that the oldest browsers
 * do not know, in scripts and in style sheets; exits 1 if there is anything.
 *
 * @module
 */

import { walk } from "@std/fs";
import { fromFileUrl, join } from "@std/path";
import { checkScripts } from "./check_scripts.ts";
import { checkStyles } from "./check_styles.ts";

const FOLDER = fromFileUrl(new URL("../../src/http/page/", import.meta.url));
const SCRIPTS = [
  "viewer.js",
  join("share", "qr.js"),
  join("embed", "gif_stream.js"),
];

/** What old browsers may do without. */
const HARMLESS = new Set([
  // They draw a ring of their own.
  ":focus-visible",
  "text-underline-offset",
  // They know no such colors either.
  "@media forced-colors",
  "forced-color-adjust",
  "forced-color-adjust: none",
  // Stills have the shape of their channel.
  "aspect-ratio",
]);

/** Checks all sources of the page; a line for each place. */
export async function checkPage(): Promise<string[]> {
  const problems = checkScripts(SCRIPTS.map((name) => join(FOLDER, name)));
  for await (const { path } of walk(FOLDER, { exts: [".css"] })) {
    const css = await Deno.readTextFile(path);
    problems.push(...checkStyles(path, css, HARMLESS));
  }
  return problems;
}

if (import.meta.main) {
  const problems = await checkPage();
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) Deno.exit(1);
}
