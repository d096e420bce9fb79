import { encodeLzw } from "../../../src/gif/lzw_encode.ts";
import { ensure } from "./broken.ts";
import { fingerprint } from "./fingerprint.ts";
import { follow } from "./road.ts";

/** Width and height of {@linkcode goodGif}. */
export const GOOD_SCREEN = { width: 5, height: 3 };
/** Copies in which a comment that was cut short may swallow the first ones. */
const COPIES = 3;
const MOST_COPIES = 40;

/** A GIF of one color, which says which one it is. */
export function goodGif(number: number): Uint8Array<ArrayBuffer> {
  const { width, height } = GOOD_SCREEN;
  const color = goodColor(number);
  return Uint8Array.of(
    ...[0x47, 0x49, 0x46, 0x38, 0x39, 0x61, width, 0, height, 0, 0x80, 0, 0],
    ...[...color, ...color],
    ...[0x2c, 0, 0, 0, 0, width, 0, height, 0, 0],
    ...encodeLzw(new Uint8Array(width * height), 2),
    0x3b,
  );
}

/** Red, green and blue of a {@linkcode goodGif}. */
export function goodColor(number: number): [number, number, number] {
  return [number >> 16 & 255, number >> 8 & 255, number & 255];
}

/**
 * A good GIF after any bytes of a live source is shown, if not at once.
 *
 * @throws {Broken} If it is not.
 */
export function checkGoodAfter(bytes: Uint8Array): void {
  const shown = [COPIES, MOST_COPIES].some((copies) =>
    isShownAfter(bytes, copies)
  );
  ensure(shown, () => `${MOST_COPIES} good GIFs that follow are not shown`);
}

function isShownAfter(bytes: Uint8Array, copies: number): boolean {
  const number = 0x123456;
  const chunks = [bytes.slice()];
  for (let i = 0; i < copies; i++) chunks.push(goodGif(number));
  const { streams, frames } = follow(
    chunks,
    { delayCentiseconds: 2, onResize: "end" },
    true,
  );
  const { width, height } = GOOD_SCREEN;
  const pixels = new Uint8Array(width * height * 4)
    .map((_, i) => [...goodColor(number), 255][i % 4]);
  const screen = streams.at(-1)?.screen;
  return screen?.width === width && screen.height === height &&
    frames.at(-1)?.picture === fingerprint(pixels);
}
