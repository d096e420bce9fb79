/**
 * What a person does with mouse and keyboard in WebKitGTK. Its driver knows no
 * fingers: what it takes for touch is a mouse.
 *
 * @module
 */

import { until } from "../browser/until.ts";
import type { WebKit } from "./webkit.ts";

/** Keys of WebDriver that have no character. */
export const ENTER = "\ue007", ARROW_RIGHT = "\ue014";

interface Point {
  x: number;
  y: number;
}

/** The middle of an element in the window. */
async function middleOf(webkit: WebKit, selector: string): Promise<Point> {
  const find = `document.querySelector(${JSON.stringify(selector)})`;
  return await until(
    `a place for ${selector}`,
    async () =>
      await webkit.evaluate<Point | null>(`((element) => {
      const box = element?.getBoundingClientRect();
      return box?.width > 0 && {
        x: Math.round(box.x + box.width / 2),
        y: Math.round(box.y + box.height / 2),
      };
    })(${find})`) || undefined,
  );
}

const press = [
  { type: "pointerDown", button: 0 },
  { type: "pointerUp", button: 0 },
];

/** Clicks on an element. */
export async function click(
  webkit: WebKit,
  selector: string,
  times = 1,
): Promise<void> {
  const middle = await middleOf(webkit, selector);
  await webkit.session.act({
    type: "pointer",
    parameters: { pointerType: "mouse" },
    actions: [
      { type: "pointerMove", duration: 0, ...middle },
      ...Array.from({ length: times }, () => press).flat(),
    ],
  });
}

/** Drags from the middle of an element. */
export async function drag(
  webkit: WebKit,
  selector: string,
  by: Point,
): Promise<void> {
  const { x, y } = await middleOf(webkit, selector);
  const to = { x: x + by.x, y: y + by.y };
  await webkit.session.act({
    type: "pointer",
    parameters: { pointerType: "mouse" },
    actions: [
      { type: "pointerMove", duration: 0, x, y },
      press[0],
      { type: "pointerMove", duration: 100, ...to },
      press[1],
    ],
  });
}

/** Turns the wheel over an element; negative is away from the person. */
export async function turnWheel(
  webkit: WebKit,
  selector: string,
  deltaY: number,
): Promise<void> {
  const middle = await middleOf(webkit, selector);
  await webkit.session.act({
    type: "wheel",
    actions: [{ type: "scroll", ...middle, deltaX: 0, deltaY }],
  });
}

/** Types keys, one after the other. */
export async function type(webkit: WebKit, keys: string): Promise<void> {
  await webkit.session.act({
    type: "key",
    actions: [...keys].flatMap((value) => [
      { type: "keyDown", value },
      { type: "keyUp", value },
    ]),
  });
}
