import { concat } from "@std/bytes/concat";
import type { LogicalScreen } from "../block.ts";
import {
  effectiveDisposal,
  type GifFrame,
  isKeyframe,
  paintsScreen,
} from "../read/frame_reader.ts";
import { GIF_VERSIONS } from "../signature.ts";
import * as spec from "../spec.ts";
import { writeU16 } from "../u16.ts";
import { clearingImage } from "./clear_image.ts";
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

const [, GIF89A] = GIF_VERSIONS;

/**
 * The first bytes of an endless GIF: header and logical screen descriptor
 * (GIF89a sections 17, 18), without a global color table, and without a loop
 * extension, so that a stream that ends rests on its last picture.
 *
 * @param screen Width and height, 1 to 65535 pixels each.
 * @returns 13 bytes.
 * @throws {RangeError} If width or height is out of range.
 *
 * @example
 * ```ts
 * import { streamHeader } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(streamHeader({ width: 320, height: 180 }).length, 13);
 * ```
 */
export function streamHeader(screen: LogicalScreen): Uint8Array {
  const { width, height } = screen;
  for (const side of [width, height]) {
    if (!Number.isInteger(side) || side < 1 || side > 65535) {
      throw new RangeError(
        `Cannot make stream header: width and height must be 1 to 65535: ${width}x${height}`,
      );
    }
  }
  const header = new Uint8Array(spec.SCREEN_BYTES);
  header.set(GIF89A);
  writeU16(header, 6, width);
  writeU16(header, 8, height);
  // Color resolution 8 bits; no table; background index and aspect 0.
  header[10] = 0x70;
  return header;
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

/**
 * Checks an option before there is a frame.
 *
 * @throws {RangeError} If it is neither `"source"` nor 0 to 65535.
 */
export function checkDelay(
  delayCentiseconds: FramePartOptions["delayCentiseconds"] = 0,
): void {
  if (delayCentiseconds === "source") return;
  const { MAX_DELAY_CENTISECONDS: max } = spec;
  if (
    Number.isInteger(delayCentiseconds) && delayCentiseconds >= 0 &&
    delayCentiseconds <= max
  ) return;
  throw new RangeError(
    `Cannot make part: delayCentiseconds must be 0 to ${max}: ${delayCentiseconds}`,
  );
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
    const bytes = clearingImage(screen, spec.MIN_DELAY_CENTISECONDS);
    lastClearing = { screen: { width, height }, bytes };
  }
  const clearing = lastClearing.bytes;
  return concat([clearing, picture]);
}
