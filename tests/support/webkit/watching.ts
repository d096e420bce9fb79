/**
 * Numbered pictures, as they are on a screen.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { assert } from "@std/assert";
import type { Rectangle } from "../browser/browser.ts";
import { readNumber } from "../browser/numbered_frame.ts";
import type { Pixels } from "../browser/pixels.ts";
import { until } from "../browser/until.ts";
import type { WebKit } from "./webkit.ts";

/** Less than one refresh of the screen. */
const LOOK_MILLISECONDS = 10;
/** A browser that only shows a picture takes less than this share of a core. */
const REST_SHARE = 0.1;
const REST_MILLISECONDS = 1000;

/**
 * The numbers seen in a place, each once for as long as it stays; undefined: no
 * picture.
 */
export type Numbers = (number | undefined)[];

/** Looks at a place again and again while something runs. */
export async function numbersWhile(
  webkit: WebKit,
  place: Rectangle,
  action: (seen: Numbers) => Promise<unknown>,
): Promise<Numbers> {
  const seen: Numbers = [];
  let running = true, before: number | undefined;
  const look = async () => {
    while (running) {
      const pixels = webkit.look(place), number = readNumber(pixels);
      // A look may fall between the upper and the lower half of a change.
      const isSure = number === undefined
        ? !isDimmed(pixels)
        : number === before;
      before = number;
      const isNew = seen.length === 0 || seen.at(-1) !== number;
      if (isSure && isNew) seen.push(number);
      await delay(LOOK_MILLISECONDS);
    }
  };
  await Promise.all([action(seen).finally(() => running = false), look()]);
  return seen;
}

/**
 * True if the page shows that a picture is old: there are no colors, and two
 * shades that are dark.
 */
export function isDimmed({ rgb }: Pixels): boolean {
  let dark = 0, gray = 0, colored = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    const values = rgb.subarray(at, at + 3), most = Math.max(...values);
    if (most - Math.min(...values) > 24) colored++;
    else if (most < 40) dark++;
    else if (most < 120) gray++;
  }
  const tenth = rgb.length / 30;
  return colored < tenth && dark > tenth && gray > tenth;
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
