/**
 * A viewer that sees what a stream shows.
 *
 * @module
 */

import { Canvas } from "../../../src/gif/canvas/canvas.ts";
import { framePart } from "../../../src/gif/write/frame_part.ts";
import { byteStreamFrames } from "../../../src/source/byte_stream_frames.ts";

/** What a viewer sees. */
export interface Seen {
  width: number;
  height: number;
  /** Red, green, blue and alpha of every pixel. */
  rgba: Uint8ClampedArray;
}

/** Watches an endless GIF; leaving the loop, or the signal, hangs up. */
export async function* watch(
  address: string,
  signal?: AbortSignal,
): AsyncGenerator<Seen, void> {
  const hangUp = new AbortController();
  const signals = signal === undefined ? [] : [signal];
  const response = await fetch(address, {
    signal: AbortSignal.any([hangUp.signal, ...signals]),
  });
  if (!response.ok) throw new Error(`${address}: ${await response.text()}`);
  let canvas: Canvas | undefined;
  try {
    for await (const { frame } of byteStreamFrames(response.body!)) {
      canvas ??= new Canvas(frame.screen);
      canvas.drawPart(framePart(frame).bytes);
      yield { ...frame.screen, rgba: canvas.pixels.slice() };
    }
  } finally {
    hangUp.abort();
  }
}

/** The first picture that a stream shows of which something is true. */
export async function seen(
  address: string,
  isIt: (picture: Seen) => boolean = () => true,
): Promise<Seen> {
  for await (const picture of watch(address)) {
    if (isIt(picture)) return picture;
  }
  throw new Error(`${address}: the stream has ended`);
}
