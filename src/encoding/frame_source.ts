import type { LogicalScreen } from "../gif/block.ts";
import type { GifFrame } from "../gif/read/frame_reader.ts";
import type { Part } from "../gif/write/frame_part.ts";
import type { FaultKind } from "../log/faults.ts";

/** Facts about a picture of a source besides its pixels. */
export interface SourcePictureInfo {
  /** Its name in the source, for instance that of its file. */
  name?: string;
  /** The time when it was complete, in milliseconds since 1970. */
  timestampMilliseconds: number;
  /**
   * The JPEG file that it was made of, if that has the same size, for viewers
   * who want JPEG.
   */
  jpeg?: Uint8Array;
  /**
   * True if it was made of a JPEG that viewers of JPEG have already: see
   * {@linkcode Channel.publishJpeg}.
   */
  wasPublished?: boolean;
  /** Its fault, if a part of it is damaged. */
  damage?: string;
  /** True if it stands in for pictures that do not come: "no signal". */
  standsIn?: boolean;
}

/** A JPEG, for {@linkcode Channel.publishJpeg}. */
export interface SourceJpeg {
  /** The file. */
  jpeg: Uint8Array<ArrayBuffer>;
  /** Its width and height in pixels. */
  size: LogicalScreen;
  /** Its name in the source, for instance that of its file. */
  name?: string;
  /** The time when it was complete, in milliseconds since 1970. */
  timestampMilliseconds: number;
  /** Its fault, if a part of it is known to be damaged. */
  damage?: string;
  /** True if the file is the source's own. */
  asItCame?: boolean;
  /** True if it stands in for pictures that do not come: "no signal". */
  standsIn?: boolean;
}

/** The need for a form of the pictures. */
export interface FollowedNeed {
  /** True while the form is needed. */
  readonly needed: boolean;
  /** Calls back at each change; returns a function to stop following. */
  follow(onChange: (needed: boolean) => void): () => void;
}

/** The forms that a channel needs of its source. */
export interface NeededForms {
  /** The need for the GIF: see {@linkcode Channel.gif}. */
  readonly gif: FollowedNeed;
  /** The need for JPEG: see {@linkcode Channel.jpeg}. */
  readonly jpeg: FollowedNeed;
  /**
   * The need for pictures in any form: see {@linkcode Channel.demand}.
   *
   * @default {undefined} they are always needed
   */
  readonly pictures?: FollowedNeed;
}

/** Takes JPEGs; the GIF is encoded only while it is needed. */
export interface JpegTaker {
  /** The need for the GIF: see {@linkcode Channel.gif}. */
  readonly gif: FollowedNeed;
  /** Takes a JPEG, in a buffer of its own. */
  take(jpeg: SourceJpeg): void;
  /**
   * The need for JPEG while the GIF is needed, too, for sources that would have
   * to encode it.
   *
   * @default {undefined} there is none
   */
  readonly jpeg?: Pick<FollowedNeed, "needed">;
}

/** A frame as a source gives it, for {@linkcode publishFrame}. */
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

/** A picture as a source gives it: a frame, or a part that is made already. */
export type SourcePicture = SourceFrame | SourcePart;

/** Counts of a source since it started, which only grow. */
export interface SourceStats {
  /** Frames handed out. */
  frames: number;
  /** Bytes read. */
  bytes: number;
  /**
   * Frames dropped because newer ones were waiting after them, or to hold a
   * bitrate.
   */
  dropped: number;
  /** Errors that cost a frame, by kind. */
  errors: Record<string, number>;
}

/** Listeners of every source. */
export interface SourceEvents {
  /**
   * Called with one line of text about a frame that was lost. It may be called
   * often: a log has to limit the rate. If the source failed, it is tried
   * again after `retryMilliseconds`.
   */
  onWarning?: (message: string, retryMilliseconds?: number) => void;
  /**
   * Called with one line of text about news, such as a folder that was made.
   */
  onNotice?: (message: string) => void;
  /** Called with a mistake in gifstream that cost a frame, and its place. */
  onFault?: (kind: FaultKind, error: unknown) => void;
}

/** A source of pictures. It can be iterated once. */
export interface FrameSource extends AsyncIterable<SourcePicture> {
  /** Counts so far. */
  readonly stats: SourceStats;
}
