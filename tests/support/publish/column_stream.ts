/**
 * A stream of small changes, each of which tells its number, so that a picture
 * shows whether all of them are in it.
 *
 * @module
 */

import type { Channel } from "../../../src/channel/channel.ts";
import { encodeLzw } from "../../../src/gif/lzw_encode.ts";
import type { Part } from "../../../src/gif/write/frame_part.ts";
import { bytes, graphicControl, u16 } from "../gif/gif_bytes.ts";
import type { Seen } from "../http/watch.ts";

const WIDTH = 16;
const CODE_SIZE = 2;

/** A part that draws one column; the first one draws all. */
function columnPart(number: number, height: number): Part {
  const keyframe = number === 0;
  const [left, width] = keyframe ? [0, WIDTH] : [number % WIDTH, 1];
  return {
    keyframe,
    bytes: bytes(
      graphicControl({ disposal: 1, delayCentiseconds: 2 }),
      0x2c,
      [left, 0, width, height].flatMap(u16),
      0x80,
      [number & 255, number >> 8, 7],
      [0, 0, 0],
      encodeLzw(new Uint8Array(width * height), CODE_SIZE),
    ),
  };
}

/** Publishes numbered changes on a channel. */
export class ColumnStream {
  /** The number of the newest part; -1 before the first. */
  newest = -1;
  readonly #channel: Channel;
  readonly #height: number;

  /** @param height Of the pictures, which are 16 pixels wide. */
  constructor(channel: Channel, height = 4) {
    this.#channel = channel;
    this.#height = height;
  }

  /** Publishes the next part. */
  next(): void {
    this.newest++;
    const screen = { width: WIDTH, height: this.#height };
    this.#channel.publishPart(columnPart(this.newest, this.#height), screen);
  }
}

/**
 * The number of the newest part in a picture.
 *
 * @throws {Error} If a part before it is missing.
 */
export function newestIn({ rgba, height }: Seen): number {
  const numberAt = (x: number, y: number) => {
    const at = 4 * (y * WIDTH + x);
    return rgba[at] | rgba[at + 1] << 8;
  };
  const columns = Array.from({ length: WIDTH }, (_, x) => numberAt(x, 0));
  const newest = Math.max(...columns);
  for (let x = 0; x < WIDTH; x++) {
    const expected = Math.max(0, newest - (newest - x + WIDTH) % WIDTH);
    for (let y = 0; y < height; y++) {
      if (numberAt(x, y) === expected) continue;
      throw new Error(
        `Column ${x} of picture ${newest} is ${
          numberAt(x, y)
        }, not ${expected}: ${columns}`,
      );
    }
  }
  return newest;
}
