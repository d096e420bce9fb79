import { concat } from "@std/bytes/concat";
import { encodeLzw } from "../lzw_encode.ts";
import { MIN_DELAY_CENTISECONDS } from "../spec.ts";
import {
  compressedImagePart,
  entriesOf,
  minimumCodeSizeFor,
  type UntimedImage,
} from "./compressed_image.ts";

/** Compresses an image and writes it as {@linkcode compressedImagePart}. */
export function imagePart(
  recipe: UntimedImage & { delayCentiseconds: number },
): Uint8Array<ArrayBuffer> {
  const codeSize = minimumCodeSizeFor(entriesOf(recipe));
  return compressedImagePart({
    ...recipe,
    data: encodeLzw(recipe.indices, codeSize),
  });
}

/**
 * Compresses images that are to be seen as one: all but the last, which has
 * the delay, only lead up to it.
 */
export function imagesPart(
  images: readonly UntimedImage[],
  delayCentiseconds: number,
): Uint8Array<ArrayBuffer> {
  const last = images.length - 1;
  return concat(images.map((image, i) =>
    imagePart({
      ...image,
      delayCentiseconds: i === last
        ? delayCentiseconds
        : MIN_DELAY_CENTISECONDS,
    })
  ));
}
