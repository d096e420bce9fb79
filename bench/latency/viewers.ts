/**
 * Browsers, and the way to tell what each has on its screen.
 *
 * @module
 */

import type { Page } from "puppeteer-core";
import {
  type BrowserKind,
  BROWSERS,
} from "../../tests/support/browser/browser.ts";
import { until } from "../../tests/support/browser/until.ts";
import {
  requireWebKit,
  startWebKit,
} from "../../tests/support/webkit/webkit.ts";
import {
  type Camera,
  screencast,
  screenReader,
  screenshots,
} from "./capture.ts";

/** Width and height of the picture on the page, whatever its own. */
export const SIDE = 96;

/** A browser that is measured. */
export interface Viewer {
  name: string;
  /** Whether it is installed. */
  installed: boolean;
  /**
   * Opens a page that is nothing but an image of {@linkcode SIDE}.
   *
   * @param address The page.
   * @param stack What ends the browser.
   * @returns Begins to look.
   */
  open(
    address: string,
    stack: AsyncDisposableStack,
  ): Promise<() => Promise<Camera>>;
}

/** All that are measured. */
export const VIEWERS: readonly Viewer[] = [
  ...BROWSERS.map(byPuppeteer),
  { name: "WebKit", installed: requireWebKit(), open: openWebKit },
];

function byPuppeteer({ name, installed, launch }: BrowserKind): Viewer {
  return {
    name,
    installed,
    async open(address, stack) {
      const browser = stack.use(await launch());
      const page: Page = await browser.newPage();
      await page.setViewport({ width: SIDE, height: SIDE });
      await page.goto(address);
      return name === "Chromium"
        ? () => screencast(page)
        : () => Promise.resolve(screenshots(page, SIDE));
    },
  };
}

async function openWebKit(
  address: string,
  stack: AsyncDisposableStack,
): Promise<() => Promise<Camera>> {
  const webkit = stack.use(await startWebKit());
  await webkit.open(address);
  const place = await until("the image", async () => {
    const { width, x, y } = await webkit.findRectangle("img") ?? { width: 0 };
    return width === SIDE && { x: x!, y: y!, width: SIDE, height: SIDE };
  });
  return () => Promise.resolve(screenReader(webkit.screen, place));
}
