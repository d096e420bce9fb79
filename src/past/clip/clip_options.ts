import type { LogicalScreen } from "../../gif/block.ts";
import type { History, Moment } from "../history.ts";
import type { JpegMoment } from "../jpeg_history.ts";

/** The pictures for a clip. */
export interface ClipOptions {
  /** Pictures of the clip, oldest first, as they were sent or came. */
  moments: (Moment | JpegMoment)[];
  /** The history of the parts. */
  history: History;
  /** The logical screen of the clip. */
  screen: LogicalScreen;
  startMilliseconds: number;
  endMilliseconds: number;
}

/** Bounds of a small clip. */
export interface ClipBounds {
  /** Most bytes of the file. */
  maxBytes: number;
  /** Length down to which the clip may begin later, to have fewer bytes. */
  leastSeconds: number;
  /** Time for encoding; then there is one picture a second. */
  encodingMilliseconds: number;
}

/** The pictures for a clip, and its bounds. */
export interface SmallClipOptions extends ClipOptions {
  bounds: ClipBounds;
}
