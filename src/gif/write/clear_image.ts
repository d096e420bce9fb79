import type { LogicalScreen } from "../block.ts";
import * as spec from "../spec.ts";
import { encodeUniformLzw } from "../uniform_lzw.ts";
import {
  compressedImagePart,
  minimumCodeSizeFor,
  type UntimedImage,
} from "./compressed_image.ts";

/**
 * An image that clears the logical screen when the next one comes: all transparent
 * itself, with the disposal method that restores to the background (GIF89a
 * section 23), which browsers draw as transparent. It takes less than 1 KB
 * at 640x360.
 *
 * A viewer who saw a picture before sees that one for the delay, then the
 * next image in its place: nothing flashes.
 *
 * @param screen Width and height in pixels, 1 to 65535 each.
 * @param delayCentiseconds Time before the next image may be shown, in
 * hundredths of a second, 0 to 65535; browsers take 0 and 1 for 10.
 * @returns Graphic control, descriptor, local color table, image data.
 */
export function clearingImage(
  screen: LogicalScreen,
  delayCentiseconds: number,
): Uint8Array<ArrayBuffer> {
  return compressedImagePart({
    ...clearingFields(screen),
    delayCentiseconds,
    data: encodeUniformLzw(screen.width * screen.height, minimumCodeSizeFor(1)),
  });
}

/** The same for a rectangle of the screen. */
export function clearingRecipe(
  rectangle: LogicalScreen & { left?: number; top?: number },
): UntimedImage {
  const { width, height } = rectangle;
  const indices = new Uint8Array(width * height);
  return { ...clearingFields(rectangle), indices };
}

function clearingFields(
  { left = 0, top = 0, width, height }: LogicalScreen & {
    left?: number;
    top?: number;
  },
): Omit<UntimedImage, "indices"> {
  return {
    left,
    top,
    width,
    height,
    colors: new Uint8Array(0),
    transparentIndex: 0,
    disposal: spec.RESTORE_TO_BACKGROUND,
  };
}
