import type { SourcePart, SourcePicture } from "../../encoding/frame_source.ts";
import type { LogicalScreen } from "../../gif/block.ts";
import { type GifFrame, isKeyframe } from "../../gif/read/frame_reader.ts";
import { showableImage } from "../../gif/read/image_data.ts";
import { framePart } from "../../gif/write/frame_part.ts";

/** Options of {@linkcode SourceParts}. */
export interface SourcePartsOptions {
  /** The delay of each part. */
  delayCentiseconds: number;
  /**
   * The screen on which all pictures are to be placed, 0x0 for that of the
   * first one; undefined if each may have its own.
   */
  place?: LogicalScreen;
}

/** Makes a part of each frame of a source, as its channel would. */
export class SourceParts {
  readonly #options: SourcePartsOptions;
  #screen: LogicalScreen | undefined;

  constructor(options: SourcePartsOptions) {
    this.#options = options;
    const { place } = options;
    if (place !== undefined && place.width > 0) this.#screen = place;
  }

  /**
   * The part of a picture, whose image is decoded to check it.
   *
   * @throws {GifError} If browsers could not show it.
   */
  of(given: SourcePicture): SourcePart {
    if ("part" in given) {
      this.#screen ??= given.screen;
      return given;
    }
    const { frame, ...info } = given;
    frame.image = showableImage(frame.image);
    this.#screen ??= frame.screen;
    if (this.#options.place !== undefined) place(frame, this.#screen);
    const { delayCentiseconds } = this.#options;
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
