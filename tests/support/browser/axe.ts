/**
 * Looks at a page as axe-core does.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import axe from "axe-core";
import type { Page } from "puppeteer-core";
import type { Tab } from "../engines/tab.ts";
import { until } from "./until.ts";

/** A way to look at a page. */
export interface Look {
  width: number;
  colors: "light" | "dark";
  forced: "none" | "active";
}

/** Ways to look at the page; 640 pixels are 1280 at 200 %. */
export const LOOKS: readonly Look[] = [
  { width: 1280, colors: "light", forced: "none" },
  { width: 640, colors: "dark", forced: "none" },
  { width: 320, colors: "light", forced: "active" },
];

/** Checks that axe finds nothing in some looks, and that all are wide enough. */
export async function lookAsAll(
  page: Page,
  looks: readonly Look[],
): Promise<void> {
  const devtools = await page.createCDPSession();
  try {
    await page.evaluate(axe.source);
    for (const { width, colors, forced } of looks) {
      await page.setViewport({ width, height: 800 });
      await devtools.send("Emulation.setEmulatedMedia", {
        features: [
          { name: "prefers-color-scheme", value: colors },
          { name: "forced-colors", value: forced },
        ],
      });
      const found = await page.evaluate(`(${axeFindings})()`) as string[];
      assertEquals(found, [], `${width} ${colors} ${forced}`);
      const overflow = await page.evaluate(
        "document.documentElement.scrollWidth - innerWidth",
      );
      assert(Number(overflow) <= 0, `${overflow} pixels too wide at ${width}`);
    }
  } finally {
    await devtools.send("Emulation.setEmulatedMedia", { features: [] });
    await devtools.detach();
  }
}

/** Checks that axe finds nothing, in any engine, as the page looks there. */
export async function assertAxeFindsNothing(
  tab: Pick<Tab, "evaluate">,
): Promise<void> {
  await tab.evaluate(`(() => { ${axe.source} })()`);
  await tab.evaluate(
    `void (${axeFindings})().then((found) => window.axeFound = found)`,
  );
  const found = await until(
    "what axe finds",
    async () =>
      await tab.evaluate<string[] | null>("window.axeFound || null") ??
        undefined,
  );
  assertEquals(found, []);
}

/** Lines about what axe finds; runs in the page, as text. */
const axeFindings = `async () => {
  const { violations } = await axe.run();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => [id, html, failureSummary].join(" "))
  );
}`;
