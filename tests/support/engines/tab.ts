/**
 * A tab of any of the three engines, for what is tried in all of them.
 *
 * @module
 */

import type { Page } from "puppeteer-core";
import {
  BROWSERS,
  look,
  type Rectangle,
  rectangleOf,
  type Wishes,
} from "../browser/browser.ts";
import type { Pixels } from "../browser/pixels.ts";
import { until } from "../browser/until.ts";
import { requireWebKit, startWebKit, type WebKit } from "../webkit/webkit.ts";

/** The only tab of a browser, which ends with it. */
export interface Tab extends AsyncDisposable {
  /** Opens an address, and waits until its page is there. */
  open(url: string): Promise<void>;
  /** The value of an expression in the page. */
  evaluate<T = unknown>(expression: string): Promise<T>;
  /** Where an element is. */
  place(selector: string): Promise<Rectangle>;
  /** What a rectangle shows at this moment. */
  look(rectangle: Rectangle): Promise<Pixels>;
}

/** A browser of its engine. */
export interface Engine {
  /** For the names of tests. */
  name: "Chromium" | "Firefox" | "WebKitGTK";
  /** Whether it is installed. */
  installed: boolean;
  /** Starts it. */
  start(wishes?: Wishes): Promise<Tab>;
}

/** The engines that Debian has. */
export const ENGINES: readonly Engine[] = [
  ...BROWSERS.map(({ name, installed, launch }): Engine => ({
    name,
    installed,
    async start(wishes) {
      const browser = await launch(wishes);
      const page = await browser.newPage();
      await page.setViewport({ width: 1024, height: 700 });
      return { ...tabOf(page), [Symbol.asyncDispose]: () => browser.close() };
    },
  })),
  {
    name: "WebKitGTK",
    installed: requireWebKit(),
    start: async (wishes) => webKitTab(await startWebKit(wishes)),
  },
];

/** A page that is driven by puppeteer. */
export function tabOf(page: Page): Tab {
  return {
    open: async (url) => {
      await page.goto(url, { waitUntil: "domcontentloaded" });
    },
    evaluate: async <T>(expression: string) =>
      await page.evaluate(expression) as T,
    place: (selector) => rectangleOf(page, selector),
    look: (rectangle) => look(page, rectangle),
    [Symbol.asyncDispose]: () => page.close(),
  };
}

function webKitTab(webkit: WebKit): Tab {
  return {
    async open(url) {
      // Nothing tells that the page before has gone.
      await webkit.evaluate("void (window.isBefore = true)");
      await webkit.open(url);
      await until("the page", () =>
        webkit.evaluate<boolean>(
          `window.isBefore === undefined && document.readyState !== "loading"`,
        ));
    },
    evaluate: (expression) => webkit.evaluate(expression),
    place: (selector) =>
      until(`a place for ${selector}`, () => webkit.findRectangle(selector)),
    look: (rectangle) => Promise.resolve(webkit.look(rectangle)),
    [Symbol.asyncDispose]: () => webkit[Symbol.asyncDispose](),
  };
}

/** The text of an element; undefined if there is none. */
export async function textIn(
  tab: Pick<Tab, "evaluate">,
  selector: string,
): Promise<string | undefined> {
  const find = `document.querySelector(${JSON.stringify(selector)})`;
  const text = await tab.evaluate<string | null>(
    `(${find} && ${find}.textContent)`,
  );
  return text ?? undefined;
}

/** True if there is such an element. */
export async function has(
  tab: Pick<Tab, "evaluate">,
  selector: string,
): Promise<boolean> {
  return await textIn(tab, selector) !== undefined;
}

/** Clicks on an element as a script does, which all engines can. */
export async function press(
  tab: Pick<Tab, "evaluate">,
  selector: string,
): Promise<void> {
  await tab.evaluate(
    `void document.querySelector(${JSON.stringify(selector)}).click()`,
  );
}
