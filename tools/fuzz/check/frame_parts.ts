import type { LogicalScreen } from "../../../src/gif/block.ts";
import {
  type GifFrame,
  isKeyframe,
} from "../../../src/gif/read/frame_reader.ts";
import { showableImage } from "../../../src/gif/read/image_data.ts";
import { framePart, type Part } from "../../../src/gif/write/frame_part.ts";

/** How parts are made. */
export interface RoadOptions {
  delayCentiseconds: number | "source";
  onResize: "end" | "place";
}

/** Makes parts of frames by the rules of a channel. */
export class FrameParts {
  readonly #options: RoadOptions;
  readonly #onBegin: (screen: LogicalScreen) => void;
  #screen: LogicalScreen | undefined;

  /** @param onBegin Is told when a GIF begins. */
  constructor(
    options: RoadOptions,
    onBegin: (screen: LogicalScreen) => void,
  ) {
    this.#options = options;
    this.#onBegin = onBegin;
  }

  /**
   * Makes a part, and takes the frame's buffer over.
   *
   * @throws {GifError} If browsers could not show the frame.
   */
  of(frame: GifFrame): Part {
    const { delayCentiseconds, onResize } = this.#options;
    frame.image = showableImage(frame.image);
    const { width, height } = frame.screen;
    const screen = this.#screen;
    const fits = screen?.width === width && screen.height === height;
    if (screen === undefined || !fits && onResize === "end") {
      this.#screen = { width, height };
      this.#onBegin(this.#screen);
    } else if (!fits) {
      // The margin around the picture must not show an earlier picture.
      if (isKeyframe(frame)) frame.standalone = true;
      frame.screen = screen;
    }
    return framePart(frame, { delayCentiseconds });
  }
}
