import { equals } from "@std/bytes/equals";
import type { LogicalScreen } from "../gif/block.ts";
import { imagesStay } from "../gif/read/part_marks.ts";
import type { Part } from "../gif/write/frame_part.ts";
import type { PartInfo } from "./outlet.ts";

/** The newest frame of a channel, as a part, as a JPEG, or as both. */
export class NewestFrame {
  #part: Part | undefined;
  #jpeg: { jpeg: Uint8Array; size: LogicalScreen } | undefined;
  #info: PartInfo | undefined;

  /** Facts about the frame; undefined before the first one. */
  get info(): PartInfo | undefined {
    return this.#info;
  }

  /** The JPEG, if it was published as it came. */
  get jpeg(): Uint8Array | undefined {
    return this.#jpeg?.jpeg;
  }

  /** The size of that JPEG. */
  get jpegSize(): LogicalScreen | undefined {
    return this.#jpeg?.size;
  }

  /** A GIF begins. */
  begin(): void {
    this.#part = this.#info = undefined;
  }

  /** True if viewers see the part's picture already. */
  isPart(part: Part): boolean {
    const newest = this.#part;
    if (newest === undefined || !equals(newest.bytes, part.bytes)) return false;
    // An image drawn again changes nothing unless it goes in between.
    return part.keyframe || imagesStay(part.bytes);
  }

  /** True if viewers see the JPEG already. */
  isJpeg(jpeg: Uint8Array): boolean {
    return this.#jpeg !== undefined && equals(this.#jpeg.jpeg, jpeg);
  }

  /** Sets a part that was sent. */
  setPart(part: Part, info: PartInfo): PartInfo {
    if (!info.wasPublished) this.#jpeg = undefined;
    this.#part = part;
    const { jpeg = this.#jpeg?.jpeg } = info;
    return this.#info = { ...info, jpeg };
  }

  /** Sets a JPEG that was sent. */
  setJpeg(jpeg: Uint8Array, size: LogicalScreen, info: PartInfo): PartInfo {
    this.#jpeg = { jpeg, size };
    return this.#info = { ...info, jpeg };
  }
}
