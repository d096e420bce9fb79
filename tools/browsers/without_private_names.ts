import type { Plugin } from "esbuild";

/** `get #name`, `async #name`, `#name`, at the beginning of a line. */
const DECLARATION = /^(\s+(?:(?:async|get|set|static) )*)#(\w+)/gm;
const USE = /\.#(\w+)/g;

/** Names that stand for private ones, which only one script has. */
export const ONCE_PRIVATE = /^_[a-z]\w*$/i;

/**
 * Makes private names ordinary ones, `#name` to `_name`. The oldest browsers
 * know no private names, and what stands for them there, a `WeakMap` for each,
 * is a tenth of the page, and slow.
 */
export const withoutPrivateNames: Plugin = {
  name: "without private names",
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, async ({ path }) => {
      const text = await Deno.readTextFile(path);
      return { contents: madePublic(text), loader: "ts" };
    });
  },
};

/**
 * A script without private names.
 *
 * @throws {Error} If one is left, since it stands where none is expected.
 */
export function madePublic(text: string): string {
  const result = text.replaceAll(USE, "._$1").replaceAll(DECLARATION, "$1_$2");
  const names = [...text.matchAll(DECLARATION)].map(([, , name]) => name);
  const left = names.find((name) =>
    new RegExp(`(?<!["'\`\\w])#${name}\\b(?!["'\`])`).test(result)
  );
  if (left === undefined) return result;
  throw new Error(`Cannot make #${left} public: found it in an unusual place`);
}
