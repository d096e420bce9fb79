import {
  effectiveDisposal,
  type GifFrame,
  isKeyframe,
  paintsScreen,
} from "../read/frame_reader.ts";
import * as spec from "../spec.ts";
import { onClearScreen } from "./clear_screen.ts";
import { checkDelay } from "./check_delay.ts";
import {
  type ImageHead,
  imageHeadBytes,
  writeImageHead,
} from "./image_head.ts";

/** A picture as viewers get it, to be appended to an endless GIF. */
export interface Part {
  /** Graphic control, descriptor, local color table and image data. */
  bytes: Uint8Array;
  /** True for a keyframe: the part needs nothing before it. */
  keyframe: boolean;
}

/** Options of {@linkcode framePart}. */
export interface FramePartOptions {
  /**
   * Time that players show the picture for, in hundredths of a second, 0 to
   * 65535. With 2, the shortest that browsers honor, they take the next
   * picture as soon as it arrives; `"source"` keeps the frame's own.
   *
   * @default {2}
   */
  delayCentiseconds?: number | "source";
}

/**
 * Turns a frame into a part: its color table becomes local, reserved
 * disposal methods become what browsers make of them, and the delay is set.
 *
 * It takes the frame's buffer over and works in place, without copying the
 * image data, wherever the bytes in front leave room (they always do for the
 * first image of a GIF): do not use the frame afterwards.
 *
 * A frame that stands alone but does not paint the whole screen gets an
 * image in front that clears the screen when it goes, so that nothing of
 * earlier pictures shows through.
 *
 * @throws {RangeError} If the delay is not an integer from 0 to 65535.
 *
 * @example
 * ```ts
 * import { framePart, FrameReader } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const reader = new FrameReader();
 * reader.push(Uint8Array.from(
 *   atob("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs="),
 *   (c) => c.charCodeAt(0),
 * ));
 * const part = framePart(reader.next()!, { delayCentiseconds: 2 });
 * assertEquals(part.keyframe, true);
 * assertEquals(part.bytes[4], 2);
 * ```
 */
export function framePart(
  frame: GifFrame,
  options: FramePartOptions = {},
): Part {
  const { delayCentiseconds = spec.MIN_DELAY_CENTISECONDS } = options;
  checkDelay(delayCentiseconds);
  const delay = delayCentiseconds === "source"
    ? frame.graphicControl?.delayCentiseconds ?? 0
    : delayCentiseconds;
  const { bytes, start, end } = withRoom(frame);
  writeImageHead(bytes, start, headOf(frame, delay));
  const picture = bytes.subarray(start, end);
  const clearsFirst = frame.standalone && !paintsScreen(frame);
  return {
    bytes: clearsFirst ? onClearScreen(frame.screen, picture) : picture,
    keyframe: isKeyframe(frame),
  };
}

/** Finds, or makes, a buffer with room for a part in front of the data. */
function withRoom(frame: GifFrame) {
  const { bytes, roomStart, dataStart, dataEnd } = frame.image;
  const room = imageHeadBytes(frame.colorTable.length);
  const start = dataStart - room;
  if (start >= roomStart) return { bytes, start, end: dataEnd };
  const copy = new Uint8Array(room + dataEnd - dataStart);
  copy.set(bytes.subarray(dataStart, dataEnd), room);
  return { bytes: copy, start: 0, end: copy.length };
}

/** The bytes before the data in the part of a frame. */
function headOf(frame: GifFrame, delayCentiseconds: number): ImageHead {
  const { image, graphicControl: control, colorTable, standalone } = frame;
  const given = effectiveDisposal(control?.disposal ?? 0);
  // Before one that stands alone the screen is clear: that is put back.
  const disposal = standalone && given === spec.RESTORE_TO_PREVIOUS
    ? spec.RESTORE_TO_BACKGROUND
    : given;
  return {
    delayCentiseconds,
    disposal,
    transparentIndex: control?.transparent
      ? control.transparentIndex
      : undefined,
    left: image.left,
    top: image.top,
    width: image.width,
    height: image.height,
    interlaced: image.interlaced,
    sorted: image.sorted,
    colors: colorTable,
    tableBytes: colorTable.length,
  };
}
