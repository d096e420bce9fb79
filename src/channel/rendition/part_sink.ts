import type { LogicalScreen } from "../../gif/block.ts";
import type { Part } from "../../gif/write/frame_part.ts";

/** Takes what is to be sent, in turn. */
export interface PartSink {
  /** A GIF begins. */
  begin(screen: LogicalScreen): void;
  /** A part, and when its picture was to be seen. */
  part(part: Part, timeMilliseconds: number): void;
  /** Nothing more comes. */
  end(): void;
}
