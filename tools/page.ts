/**
 * Writes `src/http/page/page_html.ts`: the viewer page as one string, of
 * `page.html` and of the style sheet and the script that it names.
 *
 * A module holds the page because nothing else comes along everywhere: not
 * every runtime and bundler imports text, and an executable, a bundle or a
 * package from JSR has no files beside it to read.
 *
 * @module
 */

import { fromFileUrl, join } from "@std/path";

const FOLDER = fromFileUrl(new URL("../src/http/page/", import.meta.url));

/** The module that {@linkcode pageModule} makes. */
export const PAGE_MODULE: string = join(FOLDER, "page_html.ts");

const STYLE = /<link rel="stylesheet" href="([^"]+)">/;
const SCRIPT = /<script type="module" src="([^"]+)"><\/script>/;

const NAMES = String.raw`\{\s*\w+(?:,\s*\w+)*,?\s*\}`;
const FROM = String.raw`import ${NAMES} from "\./(\w+\.js)"`;
/** An import of values, or of types. */
const IMPORT = new RegExp(
  String.raw`^(?:${FROM};|/\*\* @${FROM} \*/)\n+`,
  "gm",
);
const EXPORT = /^export (?=const |function |async function |class )/gm;

/** Reads a file of the page by its name. */
export type ReadSource = (name: string) => Promise<string>;

/**
 * Makes the text of the module that holds the page.
 *
 * @param read Reads a file of the page.
 * @throws {Error} If the page has a part that cannot be put into one file.
 */
export async function pageModule(
  read: ReadSource = readSource,
): Promise<string> {
  const html = await pageHtml(read);
  const literal = html.replaceAll(/[\\`]|\$\{/g, "\\$&");
  return `// Written by \`deno task page\`; change page.html, page.css and the scripts.

/** The viewer page; \`$NAME\`, \`$NONCE\` and \`$PREVIEW\` are to be replaced. */
export const pageHtml: string = \`${literal}\`;
`;
}

async function pageHtml(read: ReadSource): Promise<string> {
  const html = await read("page.html");
  const style = await read(nameIn(html, STYLE));
  const script = await joinModules(nameIn(html, SCRIPT), read);
  refuse(style + script, /\$(?:NAME|NONCE|PREVIEW)|<\/(?:style|script)/i);
  return html
    .replace(STYLE, () => `<style nonce="$NONCE">\n${style}</style>`)
    .replace(
      SCRIPT,
      () => `<script type="module" nonce="$NONCE">\n${script}</script>`,
    );
}

function nameIn(html: string, tag: RegExp): string {
  const name = html.match(tag)?.[1];
  if (name !== undefined) return name;
  throw new Error(`Cannot make the page: expected ${tag.source} in page.html`);
}

/**
 * Joins modules into one, each after those that it imports. This is all that a
 * bundler would do here, as no two modules give one name to different things:
 * otherwise the page's test fails.
 */
async function joinModules(entry: string, read: ReadSource): Promise<string> {
  const seen = new Set<string>();
  const bodies: string[] = [];
  const add = async (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    const text = await read(name);
    for (const [, value, type] of text.matchAll(IMPORT)) {
      await add(value ?? type);
    }
    const body = text.replaceAll(IMPORT, "").replaceAll(EXPORT, "");
    refuse(body, /^\s*(?:import|export)\b.*|@import\b.*|\bimport\(.*/m);
    bodies.push(body);
  };
  await add(entry);
  return bodies.join("\n");
}

function refuse(text: string, pattern: RegExp): void {
  const found = text.match(pattern)?.[0];
  if (found === undefined) return;
  throw new Error(
    `Cannot make the page: expected what can stand in one file, found ${found}`,
  );
}

function readSource(name: string): Promise<string> {
  return Deno.readTextFile(join(FOLDER, name));
}

if (import.meta.main) {
  await Deno.writeTextFile(PAGE_MODULE, await pageModule());
}
