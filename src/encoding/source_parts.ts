import type { LogicalScreen } from "../gif/block.ts";
import { ownBytes } from "../gif/own_bytes.ts";
import { type GifFrame, isKeyframe } from "../gif/read/frame_reader.ts";
import { showableImage } from "../gif/read/image_data.ts";
import { framePart } from "../gif/write/frame_part.ts";
import type { SourcePart, SourcePicture } from "./frame_source.ts";

/** Rules of a channel for its parts, for those who make them in a thread. */
export interface PartRules {
  /** The delay of each part; `"source"` for the frame's own. */
  delayCentiseconds: number | "source";
  /**
   * True to decode each image, in order to check it.
   *
   * @default {true}
   */
  checkImages?: boolean;
  /**
   * The screen on which all pictures are to be placed, 0x0 for that of the
   * first one; undefined if each may have its own.
   */
  place?: LogicalScreen;
}

/** Makes a part of each frame of a source, as its channel would. */
export class SourceParts {
  readonly #rules: PartRules;
  #screen: LogicalScreen | undefined;

  constructor(rules: PartRules) {
    this.#rules = rules;
    const { place } = rules;
    if (place !== undefined && place.width > 0) this.#screen = place;
  }

  /**
   * The part of a picture.
   *
   * @throws {GifError} If browsers could not show it.
   */
  of(given: SourcePicture): SourcePart {
    if ("part" in given) {
      this.#screen ??= given.screen;
      return given;
    }
    const { frame, ...info } = given;
    const { delayCentiseconds, checkImages = true } = this.#rules;
    if (checkImages) frame.image = showableImage(frame.image);
    this.#screen ??= frame.screen;
    if (this.#rules.place !== undefined) place(frame, this.#screen);
    const part = framePart(frame, { delayCentiseconds });
    return { ...info, part, screen: frame.screen };
  }
}

/** Places a frame on another screen, at the top left. */
function place(frame: GifFrame, screen: LogicalScreen): void {
  const { width, height } = frame.screen;
  if (width === screen.width && height === screen.height) return;
  // The margin around the picture must not show an earlier picture.
  if (isKeyframe(frame)) frame.standalone = true;
  frame.screen = screen;
}

/** A picture in buffers of its own, as another thread can be given it. */
export function ownPicture(
  given: SourcePart,
): SourcePart {
  const { part, screen, jpeg, ...facts } = given;
  return {
    ...facts,
    part: { bytes: ownBytes(part.bytes), keyframe: part.keyframe },
    screen: { width: screen.width, height: screen.height },
    // The source may still need the file.
    jpeg: jpeg?.slice(),
  };
}
