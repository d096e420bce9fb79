/**
 * Real browsers, driven by tests.
 *
 * @module
 */

import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { requireTool } from "../require.ts";
import { decodePng, type Pixels } from "./pixels.ts";

/** A browser that tests run in. */
export interface BrowserKind {
  /** For the names of tests. */
  name: "Chromium" | "Firefox";
  /** Whether it is installed. */
  installed: boolean;
  /** Starts it, without a window. */
  launch(wishes?: Wishes): Promise<Browser>;
}

/** What the person has chosen in the system. */
export interface Wishes {
  /** No more motion than there has to be. */
  lessMotion?: boolean;
}

const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browsers that Debian has. */
export const BROWSERS: readonly BrowserKind[] = [
  {
    name: "Chromium",
    installed: requireTool("chromium"),
    launch: ({ lessMotion = false } = {}) =>
      puppeteer.launch({
        browser: "chrome",
        executablePath: "/usr/bin/chromium",
        args: lessMotion
          ? [...CHROMIUM_FLAGS, "--force-prefers-reduced-motion"]
          : CHROMIUM_FLAGS,
      }),
  },
  {
    name: "Firefox",
    installed: requireTool("firefox-esr"),
    launch: ({ lessMotion = false } = {}) =>
      puppeteer.launch({
        browser: "firefox",
        executablePath: "/usr/bin/firefox-esr",
        extraPrefsFirefox: lessMotion ? { "ui.prefersReducedMotion": 1 } : {},
      }),
  },
];

/** A rectangle of a page, in CSS pixels. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where an element lies, cut to whole pixels inside it. */
export async function rectangleOf(
  page: Page,
  selector: string,
): Promise<Rectangle> {
  const { x, y, width, height } = await page.$eval(
    selector,
    (element: { getBoundingClientRect(): Rectangle }) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    },
  );
  const left = Math.ceil(x);
  const top = Math.ceil(y);
  return {
    x: left,
    y: top,
    width: Math.floor(x + width) - left,
    height: Math.floor(y + height) - top,
  };
}

/** What a rectangle of a page shows at this moment. */
export async function look(page: Page, clip: Rectangle): Promise<Pixels> {
  return decodePng(await screenshot(page, clip));
}

/** What a rectangle of a page shows again and again while something runs. */
export async function lookWhile(
  page: Page,
  clip: Rectangle,
  action: () => Promise<unknown>,
): Promise<Pixels[]> {
  let running = true;
  const done = action().finally(() => running = false);
  const pngs: Uint8Array[] = [];
  while (running) pngs.push(await screenshot(page, clip));
  await done;
  return pngs.map(decodePng);
}

/**
 * A PNG file. Without `captureBeyondViewport: false`, puppeteer resizes the
 * page for the moment, and the page may notice.
 */
function screenshot(page: Page, clip: Rectangle): Promise<Uint8Array> {
  return page.screenshot({ clip, captureBeyondViewport: false });
}
