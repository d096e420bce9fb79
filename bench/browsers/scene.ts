/**
 * A browser on a screen of its own, with the stream opened in one way.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import type { NumberedFrameOptions } from "../../tests/support/browser/numbered_frame.ts";
import {
  type NumberedStream,
  startNumberedStream,
} from "../../tests/support/browser/numbered_stream.ts";
import {
  startScreen,
  type VirtualScreen,
} from "../../tests/support/screen/virtual_screen.ts";
import { type BrowserProgram, openBrowser } from "./programs.ts";

/** A browser that has been opened. */
export interface Scene {
  screen: VirtualScreen;
  stream: NumberedStream;
  /** Its process. */
  pid: number;
}

/** What is opened. */
export interface Way {
  /** The path of an image in a page without a script. */
  image?: string;
  /** A path that is opened itself. */
  path?: string;
  /** How long the stream runs before. */
  waitMilliseconds?: number;
}

/** Opens a browser; all ends with the stack. */
export async function openScene(
  program: BrowserProgram,
  { image, path, waitMilliseconds = 0 }: Way,
  stack: AsyncDisposableStack,
  options?: NumberedFrameOptions,
): Promise<Scene> {
  const screen = stack.use(await startScreen());
  const stream = stack.use(
    await startNumberedStream({ ...options, reversed: true }),
  );
  await delay(waitMilliseconds);
  const site = stack.use(servePage(stream.origin + image));
  const address = path === undefined
    ? `http://127.0.0.1:${site.addr.port}/`
    : stream.origin + path;
  const { pid } = await openBrowser(program, address, screen, stack);
  return { screen, stream, pid };
}

/** Those that are named in a list with commas; all if there is none. */
export function chosen<T>(
  all: readonly T[],
  list: string | undefined,
  name: (one: T) => string,
): T[] {
  if (list === undefined) return [...all];
  return list.split(",").map((wanted) => {
    const found = all.find((one) => name(one) === wanted);
    if (found !== undefined) return found;
    const names = all.map(name).join(", ");
    throw new Error(`Cannot run: expected some of ${names}, got ${wanted}`);
  });
}

/** A page that shows nothing but an image, without a script. */
function servePage(address: string): Deno.HttpServer<Deno.NetAddr> {
  const html = `<!doctype html><title>Image</title><img src="${address}">`;
  return Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    ({ url }) =>
      new URL(url).pathname === "/"
        ? new Response(html, { headers: { "content-type": "text/html" } })
        : new Response(null, { status: 404 }),
  );
}
