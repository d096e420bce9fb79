/**
 * Finds what the page, the frame and the element use that the oldest browsers
 * do not know, in scripts and in style sheets; exits 1 if there is anything.
 *
 * @module
 */

import { fromFileUrl, join } from "@std/path";
import { checkScripts } from "./check_scripts.ts";
import { checkStyles } from "./check_styles.ts";

const FOLDER = fromFileUrl(new URL("../../src/http/page/", import.meta.url));
const SCRIPTS = ["viewer.js", join("embed", "gif_stream.js")];
const STYLES = ["page.css", join("embed", "embed.css")];

/** What old browsers may do without. */
const HARMLESS = new Set([
  // They draw a ring of their own.
  ":focus-visible",
  "text-underline-offset",
  // Stills have the shape of their channel.
  "aspect-ratio",
]);

/** Checks all sources of the page; a line for each place. */
export function checkPage(): string[] {
  return [
    ...checkScripts(SCRIPTS.map((name) => join(FOLDER, name))),
    ...STYLES.flatMap((name) => {
      const path = join(FOLDER, name);
      return checkStyles(path, Deno.readTextFileSync(path), HARMLESS);
    }),
  ];
}

if (import.meta.main) {
  const problems = checkPage();
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) Deno.exit(1);
}
