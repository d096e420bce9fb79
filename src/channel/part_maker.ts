import type { PartRules } from "../encoding/source_parts.ts";
import type { LogicalScreen } from "../gif/block.ts";
import { type GifFrame, isKeyframe } from "../gif/read/frame_reader.ts";
import { showableImage } from "../gif/read/image_data.ts";
import { setLastDelay } from "../gif/read/part_delay.ts";
import {
  checkDelay,
  framePart,
  type FramePartOptions,
  type Part,
} from "../gif/write/frame_part.ts";
import { MIN_DELAY_CENTISECONDS } from "../gif/spec.ts";
import { placedPart } from "../gif/write/placed_part.ts";
import type { ChannelOptions } from "./channel_options.ts";

/** Options of {@linkcode PartMaker}. */
export interface PartMakerOptions
  extends
    Pick<ChannelOptions, "delayCentiseconds" | "onResize" | "checkImages"> {
  /** Called when a GIF begins, with its logical screen. */
  onBegin: (screen: LogicalScreen) => void;
  /** Called for a frame that is refused: browsers could not show it. */
  onRefused: () => void;
}

/** Makes the parts of a channel, all for one logical screen at a time. */
export class PartMaker {
  readonly #options: PartMakerOptions;
  readonly #partOptions: FramePartOptions;
  #screen: LogicalScreen = { width: 0, height: 0 };

  /** @throws {RangeError} If an option is out of range. */
  constructor(options: PartMakerOptions) {
    const { onResize = "end", delayCentiseconds } = options;
    if (onResize !== "end" && onResize !== "place") {
      throw new RangeError(
        `Cannot make channel: onResize must be "end" or "place": ${onResize}`,
      );
    }
    checkDelay(delayCentiseconds);
    this.#options = options;
    this.#partOptions = { delayCentiseconds };
  }

  /** The logical screen; width and height are 0 before the first picture. */
  get screen(): LogicalScreen {
    return this.#screen;
  }

  /** How frames become parts, for those who make them elsewhere. */
  get rules(): PartRules {
    const { checkImages = true, onResize } = this.#options;
    const { delayCentiseconds = MIN_DELAY_CENTISECONDS } = this.#partOptions;
    const place = onResize === "place" ? this.#screen : undefined;
    return { delayCentiseconds, checkImages, place };
  }

  /**
   * Makes a part of a frame, and takes the frame's buffer over.
   *
   * @throws {GifError} If browsers could not show the frame.
   */
  ofFrame(frame: GifFrame): Part {
    const { checkImages = true } = this.#options;
    if (checkImages) this.#check(frame);
    if (!this.#fits(frame.screen)) {
      // The margin around the picture must not show an earlier picture.
      if (isKeyframe(frame)) frame.standalone = true;
      frame.screen = this.#screen;
    }
    return framePart(frame, this.#partOptions);
  }

  /** Returns the part itself, changed only if its delay or screen differs. */
  ofPart(part: Part, screen: LogicalScreen): Part {
    const { delayCentiseconds = "source" } = this.#partOptions;
    if (delayCentiseconds !== "source") {
      setLastDelay(part.bytes, delayCentiseconds);
    }
    return this.#fits(screen) ? part : placedPart(part, screen, this.#screen);
  }

  #check(frame: GifFrame): void {
    try {
      frame.image = showableImage(frame.image);
    } catch (error) {
      this.#options.onRefused();
      throw error;
    }
  }

  /**
   * Begins a GIF with this screen, if it is new. Returns false if the picture
   * must be placed on the current screen instead.
   */
  #fits(screen: LogicalScreen): boolean {
    const { width, height } = this.#screen;
    if (screen.width === width && screen.height === height) return true;
    if (width > 0 && this.#options.onResize === "place") return false;
    this.#options.onBegin(screen);
    this.#screen = screen;
    return true;
  }
}
