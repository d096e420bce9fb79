import { concat } from "@std/bytes/concat";
import type { LogicalScreen } from "../block.ts";
import { MIN_DELAY_CENTISECONDS } from "../spec.ts";
import { clearingImage } from "./clear_image.ts";

/** The clearing image of the last screen; making one takes milliseconds. */
let lastClearing: { screen: LogicalScreen; bytes: Uint8Array } | undefined;

/** The picture, after an image that clears the screen when it goes. */
export function onClearScreen(
  screen: LogicalScreen,
  picture: Uint8Array,
): Uint8Array {
  const { width, height } = screen;
  if (
    lastClearing?.screen.width !== width ||
    lastClearing.screen.height !== height
  ) {
    const bytes = clearingImage(screen, MIN_DELAY_CENTISECONDS);
    lastClearing = { screen: { width, height }, bytes };
  }
  const clearing = lastClearing.bytes;
  return concat([clearing, picture]);
}
