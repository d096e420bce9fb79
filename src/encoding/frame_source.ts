import type { LogicalScreen } from "../gif/block.ts";
import type { GifFrame } from "../gif/read/frame_reader.ts";
import type { Part } from "../gif/write/frame_part.ts";
import type { FaultKind } from "../log/faults.ts";

/** What is known of a picture of a source besides its pixels. */
export interface SourcePictureInfo {
  /** What the source calls it, for instance the name of its file. */
  name?: string;
  /** When it was complete, in milliseconds since 1970. */
  timestampMilliseconds: number;
  /**
   * The JPEG file that it was made of, if that shows it at the same size: for
   * viewers who want JPEG.
   */
  jpeg?: Uint8Array;
}

/** A frame as a source gives it, for {@linkcode Channel.publishFrame}. */
export interface SourceFrame extends SourcePictureInfo {
  /** The picture. Whoever takes it may change its buffer. */
  frame: GifFrame;
}

/** A part that a source has made, for {@linkcode Channel.publishPart}. */
export interface SourcePart extends SourcePictureInfo {
  /** The picture. Whoever takes it may change its buffer. */
  part: Part;
  /** The logical screen that it was made for. */
  screen: LogicalScreen;
}

/** A picture as a source gives it: to become a part, or made one already. */
export type SourcePicture = SourceFrame | SourcePart;

/** What a source did since it started; it only grows. */
export interface SourceStats {
  /** Frames handed out. */
  frames: number;
  /** Bytes read. */
  bytes: number;
  /**
   * Frames left out because newer ones were waiting behind them, or to stay
   * within a bitrate.
   */
  dropped: number;
  /** Errors that cost a frame, by kind. */
  errors: Record<string, number>;
}

/** What every source tells besides its frames. */
export interface SourceEvents {
  /**
   * Called with one line of text about a frame that could not be had. It may
   * be called often: whoever writes it to a log limits the rate.
   */
  onWarning?: (message: string) => void;
  /** Called with one line of text about what the source found or made. */
  onNotice?: (message: string) => void;
  /** Called with a mistake of ours that cost a frame, and where it was. */
  onFault?: (kind: FaultKind, error: unknown) => void;
}

/** Where pictures come from. It can be iterated once. */
export interface FrameSource extends AsyncIterable<SourcePicture> {
  /** What it did so far. */
  readonly stats: SourceStats;
}
