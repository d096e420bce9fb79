import type { PartRules } from "../encoding/source_parts.ts";
import type { LogicalScreen } from "../gif/block.ts";
import { setLastDelay } from "../gif/read/part_delay.ts";
import type { FramePartOptions, Part } from "../gif/write/frame_part.ts";
import { checkDelay } from "../gif/write/check_delay.ts";
import { MIN_DELAY_CENTISECONDS } from "../gif/spec.ts";
import { placedPart } from "../gif/write/placed_part.ts";
import type { ChannelOptions } from "./channel_options.ts";

/** Options of {@linkcode PartMaker}. */
export interface PartMakerOptions
  extends
    Pick<ChannelOptions, "delayCentiseconds" | "onResize" | "checkImages"> {
  /** Called when a GIF begins, with its logical screen. */
  onBegin: (screen: LogicalScreen) => void;
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

  /** The rules by which frames become parts, for those who make them elsewhere. */
  get rules(): PartRules {
    const { checkImages = true, onResize } = this.#options;
    const { delayCentiseconds = MIN_DELAY_CENTISECONDS } = this.#partOptions;
    const place = onResize === "place" ? this.#screen : undefined;
    return { delayCentiseconds, checkImages, place };
  }

  /** Returns the part itself, changed only if its delay or screen differs. */
  ofPart(part: Part, screen: LogicalScreen): Part {
    const { delayCentiseconds = "source" } = this.#partOptions;
    if (delayCentiseconds !== "source") {
      setLastDelay(part.bytes, delayCentiseconds);
    }
    return this.#fits(screen) ? part : placedPart(part, screen, this.#screen);
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
