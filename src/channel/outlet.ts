import type { LogicalScreen } from "../gif/block.ts";
import type { Part } from "../gif/write/frame_part.ts";
import type { FanoutContext } from "./viewers/fanout.ts";
import type { ViewerConnection } from "./viewers/viewer_connection.ts";

/** Facts about a frame that its picture does not tell. */
export interface PublishOptions {
  /** Time when the frame was made, in milliseconds since 1970. */
  timestampMilliseconds?: number;
  /** The JPEG file that the frame was made of, for viewers who want JPEG. */
  jpeg?: Uint8Array;
  /**
   * True if the frame was made of a JPEG that {@linkcode Channel.publishJpeg}
   * has published: it is counted already.
   *
   * @default {false}
   */
  wasPublished?: boolean;
  /**
   * The fault of the picture, if a part of it is damaged: it is counted.
   *
   * @default {undefined} it is whole
   */
  damage?: string;
  /**
   * True for a picture that stands in for those that do not come, as one that
   * says "no signal": it does not count as a frame of the source.
   *
   * @default {false}
   */
  standsIn?: boolean;
}

/** Facts about a part that its bytes do not tell. */
export interface PartInfo {
  /** Number of parts that the channel sent before it. */
  number: number;
  /** Time when it was sent, in milliseconds since 1970; never goes back. */
  timeMilliseconds: number;
  /** The newest JPEG file, if pictures come in that form. */
  jpeg?: Uint8Array;
  /** True if the part was made of a JPEG that was published before. */
  wasPublished?: boolean;
  /** Milliseconds from its source to here; undefined: not known. */
  ageMilliseconds?: number;
}

/** Listener for what a channel sends. If it throws, the channel drops it. */
export interface ChannelFollower {
  /** Called when a GIF begins, with its logical screen. */
  begin?(screen: LogicalScreen): void;
  /** Called when a part was sent. The bytes are shared: do not change them. */
  part?(part: Part, info: PartInfo): void;
  /**
   * Called when a JPEG was published. It is shared: do not change it. Parts
   * that are made of it follow only while the GIF is needed.
   */
  jpeg?(size: LogicalScreen, info: PartInfo): void;
  /** Called when the channel is closed, or after the follower threw. */
  end?(): void;
}

/** A form in which streams are watched, as viewers are counted. */
export type ViewedForm = "gif" | "jpeg" | "multipart" | "websocket" | "text";

/** A form of a channel's stream that viewers watch. */
export interface Outlet extends ChannelFollower {
  /** The form, as it is counted. */
  readonly viewedForm: ViewedForm;
  /** Number of viewers. */
  readonly viewerCount: number;
  /**
   * Lets a viewer in.
   *
   * @returns A function to call when the viewer leaves by itself.
   * @throws {TooManyViewersError} If all places are taken.
   */
  attach(connection: ViewerConnection): () => void;
  /** Releases resources, once the form has no viewers or is closed. */
  release?(): void;
}

/** State and callbacks for an outlet's `Fanout`. */
export interface OutletContext extends FanoutContext {
  /** Call this when the last viewer has left. */
  onEmpty: () => void;
  /** Runs the callback of the form's timer; an error in it ends the form. */
  later: (act: () => void) => void;
}
