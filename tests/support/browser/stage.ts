/**
 * The viewer page's stage, and the numbered pictures on it.
 *
 * @module
 */

import type { Page } from "puppeteer-core";
import { look, lookWhile, rectangleOf } from "./browser.ts";
import { readNumber } from "./numbered_frame.ts";
import { until } from "./until.ts";

/** The element that shows the live picture. */
export const STAGE = "#stage";

/** The number that is seen; undefined if the picture is none, or not whole. */
export async function numberSeen(page: Page): Promise<number | undefined> {
  return readNumber(await look(page, await rectangleOf(page, STAGE)));
}

/** All numbers that are seen while something runs. */
export async function numbersWhile(
  page: Page,
  action: () => Promise<unknown>,
): Promise<(number | undefined)[]> {
  const clip = await rectangleOf(page, STAGE);
  return (await lookWhile(page, clip, action)).map(readNumber);
}

/** Waits for a picture, and then for a later one. */
export async function untilMoving(page: Page): Promise<void> {
  const first = await until("a picture", () => numberSeen(page));
  await until("another picture", async () => {
    const number = await numberSeen(page);
    return number !== undefined && number > first;
  });
}

/** The text of an element. */
export async function textOf(page: Page, selector: string): Promise<string> {
  return await page.$eval(selector, (element) => element.textContent ?? "");
}

/** Waits until the page says that it is in a state. */
export async function untilState(page: Page, text: string): Promise<void> {
  await until(
    `the news: ${text}`,
    async () => await textOf(page, "#state") === text,
  );
}
