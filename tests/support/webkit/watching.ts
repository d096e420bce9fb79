/**
 * Numbered pictures, as they are on a screen.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { assert } from "@std/assert";
import type { Rectangle } from "../browser/browser.ts";
import { readNumber } from "../browser/numbered_frame.ts";
import { until } from "../browser/until.ts";
import type { WebKit } from "./webkit.ts";

/** Less than one refresh of the screen. */
const LOOK_MILLISECONDS = 10;
/** A browser that only shows a picture takes less than this share of a core. */
const REST_SHARE = 0.1;
const REST_MILLISECONDS = 1000;

/** The numbers seen in a place, each once for as long as it stays. */
export type Numbers = (number | undefined)[];

/** Looks at a place again and again while something runs. */
export async function numbersWhile(
  webkit: WebKit,
  place: Rectangle,
  action: (seen: Numbers) => Promise<unknown>,
): Promise<Numbers> {
  const seen: Numbers = [];
  let running = true;
  const look = async () => {
    while (running) {
      const number = readNumber(webkit.look(place));
      if (seen.length === 0 || seen.at(-1) !== number) seen.push(number);
      await delay(LOOK_MILLISECONDS);
    }
  };
  await Promise.all([action(seen).finally(() => running = false), look()]);
  return seen;
}

/** Waits for the first picture in a place. */
export async function untilShown(
  webkit: WebKit,
  place: Rectangle,
): Promise<number> {
  return await until("a picture", () => readNumber(webkit.look(place)));
}

/** Waits until a place shows a number. */
export async function untilShows(
  webkit: WebKit,
  place: Rectangle,
  number: number,
): Promise<void> {
  await until(
    `number ${number}`,
    () => readNumber(webkit.look(place)) === number,
  );
}

/** Waits until as many numbers were seen, and checks that they are in order. */
export async function assertMoves(
  webkit: WebKit,
  place: Rectangle,
  count = 10,
): Promise<void> {
  await untilShown(webkit, place);
  const numbers = await numbersWhile(
    webkit,
    place,
    (seen) => until(`${count} pictures`, () => seen.length >= count),
  );
  assertInOrder(numbers);
}

/** Checks that later pictures came later, and that none was blank. */
export function assertInOrder(numbers: Numbers): void {
  const inOrder = numbers.every((number, i) =>
    number !== undefined && (i === 0 || number > numbers[i - 1]!)
  );
  assert(inOrder, `not in order, or blank: ${numbers.join(" ")}`);
}

/** Waits until a browser does nothing. */
export async function untilAtRest(webkit: WebKit): Promise<void> {
  await until("the browser to be at rest", async () => {
    const before = webkit.processorSeconds();
    await delay(REST_MILLISECONDS);
    const seconds = webkit.processorSeconds() - before;
    return seconds * 1000 / REST_MILLISECONDS < REST_SHARE;
  });
}
