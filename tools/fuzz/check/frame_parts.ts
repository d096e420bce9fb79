import { SourceParts } from "../../../src/encoding/source_parts.ts";
import type { LogicalScreen } from "../../../src/gif/block.ts";
import type { GifFrame } from "../../../src/gif/read/frame_reader.ts";
import type { Part } from "../../../src/gif/write/frame_part.ts";

/** How parts are made. */
export interface RoadOptions {
  delayCentiseconds: number | "source";
  onResize: "end" | "place";
}

/** Makes parts of frames as the threads of sources do. */
export class FrameParts {
  readonly #parts: SourceParts;
  readonly #onBegin: (screen: LogicalScreen) => void;
  #screen: LogicalScreen | undefined;

  /** @param onBegin Called when a GIF begins. */
  constructor(
    { delayCentiseconds, onResize }: RoadOptions,
    onBegin: (screen: LogicalScreen) => void,
  ) {
    const place = onResize === "place" ? { width: 0, height: 0 } : undefined;
    this.#parts = new SourceParts({ delayCentiseconds, place });
    this.#onBegin = onBegin;
  }

  /**
   * Makes a part, and takes the frame's buffer over.
   *
   * @throws {GifError} If browsers could not show the frame.
   */
  of(frame: GifFrame): Part {
    const timestampMilliseconds = 0;
    const { part, screen } = this.#parts.of({ frame, timestampMilliseconds });
    const { width, height } = screen;
    if (this.#screen?.width !== width || this.#screen.height !== height) {
      this.#screen = { width, height };
      this.#onBegin(this.#screen);
    }
    return part;
  }
}
