/**
 * What tests need from outside the checkout. Where something is missing, its
 * tests are ignored and say so; with `CI=true`, where everything must be there,
 * that is an error.
 *
 * @module
 */

import { dirname, fromFileUrl, join } from "@std/path";

const ROOT = dirname(dirname(dirname(fromFileUrl(import.meta.url))));

/**
 * Tells whether a program is in the search path.
 *
 * @example
 * ```ts ignore
 * Deno.test({
 *   name: "ffmpeg reads it back",
 *   ignore: !requireTool("ffmpeg"),
 *   fn() {},
 * });
 * ```
 *
 * @param name The program's file name, as in `ffmpeg`.
 * @throws {Error} If the program is missing and `CI` is `true`.
 */
export function requireTool(name: string): boolean {
  const folders = (Deno.env.get("PATH") ?? "").split(":");
  // Debian keeps servers (nginx) where the path of users does not look.
  folders.push("/usr/sbin");
  const found = folders.some((folder) => isThere(join(folder, name)));
  if (!found) {
    reportMissing(`${name} in the search path (deno task setup installs it)`);
  }
  return found;
}

/**
 * Tells whether a file that a Debian package brings is there.
 *
 * @param path Its absolute path.
 * @throws {Error} If it is missing and `CI` is `true`.
 */
export function requireFile(path: string): boolean {
  const found = isThere(path);
  if (!found) reportMissing(`${path} (deno task setup installs it)`);
  return found;
}

/**
 * Finds a file or folder in the folder `shared` beside the checkout, which
 * holds sample media too large for it.
 *
 * @param parts Path segments below `shared`, as in `"corpus", "valid"`.
 * @returns Its absolute path, or `undefined` if it is missing.
 * @throws {Error} If it is missing and `CI` is `true`.
 */
export function sharedFolder(...parts: string[]): string | undefined {
  const path = join(dirname(ROOT), "shared", ...parts);
  if (isThere(path)) return path;
  reportMissing(`${join("shared", ...parts)} beside the checkout`);
  return undefined;
}

function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (
      error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory ||
      error instanceof Deno.errors.PermissionDenied
    ) return false;
    throw error;
  }
}

function reportMissing(what: string): void {
  const message = `Cannot run all tests: expected ${what}, found none`;
  if (Deno.env.get("CI") === "true") throw new Error(message);
  console.log(`${message}; those that need it are ignored`);
}
