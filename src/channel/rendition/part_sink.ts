import type { LogicalScreen } from "../../gif/block.ts";
import type { Part } from "../../gif/write/frame_part.ts";

/** Takes the parts of a stream in order. */
export interface PartSink {
  /** Begins a GIF. */
  begin(screen: LogicalScreen): void;
  /** Takes a part, and the time when its picture appeared. */
  part(part: Part, timeMilliseconds: number): void;
  /** Ends the stream; the last picture may still be made. */
  end(): void;
  /** Ends the stream at once: nobody watches. */
  abort?(): void;
}
