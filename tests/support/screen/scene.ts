/**
 * A browser on a screen of its own, with the stream opened in one way.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import type { NumberedFrameOptions } from "../browser/numbered_frame.ts";
import {
  type NumberedStream,
  startNumberedStream,
} from "../browser/numbered_stream.ts";
import { startScreen, type VirtualScreen } from "./virtual_screen.ts";
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
