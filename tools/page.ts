/**
 * Writes what the server sends to browsers as modules of strings:
 * `src/http/page/page_html.ts`, the viewer page, of `page.html`, of the style
 * sheets and the script that it names, and of `words.js`; `embed/embed_html.ts`, the page for
 * frames, in the same way; and `embed/embed_js.ts`, the script for pages of
 * others, as small as it can be; and `notice/notice_parts.ts`, style and words
 * of the pages that come in place of what was asked for.
 *
 * Modules hold them because nothing else comes along everywhere: not every
 * runtime and bundler imports text, and an executable, a bundle or a package
 * from JSR has no files beside it to read.
 *
 * @module
 */

import { dirname, fromFileUrl, join, toFileUrl } from "@std/path";
import { build, type BuildOptions, stop, transform } from "esbuild";
import { escaped } from "../src/http/page/escaped.ts";
import { ESBUILD_TARGETS } from "./browsers/oldest_browsers.ts";
import {
  ONCE_PRIVATE,
  withoutPrivateNames,
} from "./browsers/without_private_names.ts";

const FOLDER = fromFileUrl(new URL("../src/http/page/", import.meta.url));

const LINE_LENGTH = 80;

const STYLE = /<link rel="stylesheet" href="([^"]+)">\n? */g;
/** A text of `words.js`, as `{{group.name}}`. */
const WORD = /\{\{\s*(\w+)\.(\w+)\s*\}\}/g;
const SCRIPT = /<script type="module" src="([^"]+)"><\/script>/;

/** A module that is written, and what makes its text. */
export interface WrittenModule {
  path: string;
  text(): Promise<string>;
}

/** All that are written. */
export const WRITTEN_MODULES: readonly WrittenModule[] = [
  {
    path: join(FOLDER, "page_html.ts"),
    text: async () =>
      textModule(
        "pageHtml",
        "The viewer page; in it, words as `$NAME` are to be replaced.",
        await pageHtml(join(FOLDER, "page.html")),
      ),
  },
  {
    path: join(FOLDER, "notice", "notice_parts.ts"),
    text: noticeParts,
  },
  {
    path: join(FOLDER, "embed", "embed_html.ts"),
    text: async () =>
      textModule(
        "embedHtml",
        "The page for frames; in it, `$NAME` and `$NONCE` are to be replaced.",
        await pageHtml(join(FOLDER, "embed", "embed.html")),
      ),
  },
  {
    path: join(FOLDER, "embed", "embed_js.ts"),
    text: async () =>
      textModule(
        "embedScript",
        "The script that makes `<gif-stream>` an element of a page.",
        await bundle(join(FOLDER, "embed", "gif_stream.js"), { minify: true }),
      ),
  },
  {
    path: join(FOLDER, "share", "qr_js.ts"),
    text: async () =>
      textModule(
        "qrScript",
        "The script that draws QR codes.",
        await bundle(join(FOLDER, "share", "qr.js"), {
          minify: true,
          alias: await packageFiles("uqr"),
        }),
      ),
  },
];

/** The style and the words of pages that the server makes. */
async function noticeParts(): Promise<string> {
  const files = ["colors.css", join("notice", "notice.css")];
  const css = await styleOf(files.map((name) => join(FOLDER, name)));
  const { NOTICE: words } = await wordsIn(FOLDER);
  const lines = Object.entries(words ?? {}).map(([name, text]) =>
    `\n  ${name}: ${JSON.stringify(escaped(text))},`
  );
  return textModule("noticeCss", "The style of notices.", css) + `
/** The words of notices, as they stand in HTML. */
export const noticeWords = {${lines.join("")}
} as const;
`;
}

type Words = Record<string, Record<string, string> | undefined>;

async function wordsIn(folder: string): Promise<Words> {
  return await import(toFileUrl(join(folder, "words.js")).href);
}

function textModule(name: string, about: string, text: string): string {
  const literal = text.replaceAll(/[\\`]|\$\{/g, "\\$&");
  // As `deno fmt` has it.
  const gap = text.indexOf("\n") < LINE_LENGTH / 2 ? " " : "\n  ";
  return `// Written by \`deno task page\`; change the files that it names.

/** ${about} */
export const ${name}: string =${gap}\`${literal}\`;
`;
}

/**
 * A page as one text.
 *
 * @param path The page, beside its style sheets, its script and its words.
 * @throws {Error} If it has a part that cannot be put into one text.
 */
export async function pageHtml(path: string): Promise<string> {
  const folder = dirname(path);
  const html = await withWords(await Deno.readTextFile(path), folder);
  const style = await styleOf(
    [...html.matchAll(STYLE)].map(([, name]) => join(folder, name)),
  );
  const script = await bundle(join(folder, scriptIn(html)), {
    minify: true,
    options: {
      plugins: [withoutPrivateNames],
      mangleProps: ONCE_PRIVATE,
      // Fields are set, not defined, which old browsers take functions for.
      tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    },
  });
  refuse(
    style + script,
    /\$(?:NAME|NEEDS|NONCE|PREVIEW|VIEW|UNNAMED|REFRESH|STILL|CHANNELS)\b|<\/(?:style|script)/,
  );
  let isFirst = true;
  return html
    .replace(STYLE, (tag) => {
      if (!isFirst) return "";
      isFirst = false;
      return `<style nonce="$NONCE">\n${style}</style>` +
        tag.slice(tag.indexOf(">") + 1);
    })
    .replace(
      SCRIPT,
      () => `<script type="module" nonce="$NONCE">\n${script}</script>`,
    );
}

/** Style sheets as one, without what is there for people only. */
async function styleOf(paths: readonly string[]): Promise<string> {
  const styles = paths.map((path) => Deno.readTextFile(path));
  try {
    const { code } = await transform((await Promise.all(styles)).join(""), {
      loader: "css",
      minifyWhitespace: true,
      charset: "utf8",
    });
    return code;
  } finally {
    await stop();
  }
}

function scriptIn(html: string): string {
  const name = html.match(SCRIPT)?.[1];
  if (name !== undefined) return name;
  throw new Error(`Cannot make the page: expected ${SCRIPT.source} in it`);
}

/** Replaces each `{{group.name}}` by its text. */
async function withWords(html: string, folder: string): Promise<string> {
  if (html.match(WORD) === null) return html;
  const words = await wordsIn(folder);
  return html.replace(WORD, (gap, group: string, name: string) => {
    const text = words[group.toUpperCase()]?.[name];
    if (text !== undefined) return escaped(text);
    throw new Error(`Cannot make the page: expected ${gap} in words.js`);
  });
}

/** The file of a package, which esbuild does not find by itself. */
async function packageFiles(name: string): Promise<Record<string, string>> {
  // Deno fetches it only now.
  await import(name);
  return { [name]: fromFileUrl(import.meta.resolve(name)) };
}

/** A script and all that it imports, for the oldest browsers. */
async function bundle(
  path: string,
  { minify = false, alias = {}, options = {} }: {
    minify?: boolean;
    alias?: Record<string, string>;
    options?: Partial<BuildOptions>;
  } = {},
): Promise<string> {
  try {
    const { outputFiles } = await build({
      ...options,
      entryPoints: [path],
      bundle: true,
      format: "esm",
      target: ESBUILD_TARGETS,
      charset: "utf8",
      minify,
      alias,
      write: false,
      logLevel: "silent",
    });
    return outputFiles![0].text;
  } finally {
    await stop();
  }
}

function refuse(text: string, pattern: RegExp): void {
  const found = text.match(pattern)?.[0];
  if (found === undefined) return;
  throw new Error(
    `Cannot make the page: expected what can stand in one file, found ${found}`,
  );
}

if (import.meta.main) {
  for (const { path, text } of WRITTEN_MODULES) {
    await Deno.writeTextFile(path, await text());
  }
}
