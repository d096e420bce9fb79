import type { LogicalScreen } from "../gif/block.ts";
import type { Part } from "../gif/write/frame_part.ts";
import type { FanoutContext } from "./viewers/fanout.ts";
import type { ViewerConnection } from "./viewers/viewer_connection.ts";

/** What is known of a frame besides its picture. */
export interface PublishOptions {
  /** When it was made, in milliseconds since 1970. */
  timestampMilliseconds?: number;
  /** The JPEG file that it was made of, for viewers who want JPEG. */
  jpeg?: Uint8Array;
}

/** What is known of a part besides its bytes. */
export interface PartInfo {
  /** When it was sent, in milliseconds since 1970, and never going back. */
  timeMilliseconds: number;
  /** The JPEG file that it was made of, if it was. */
  jpeg?: Uint8Array;
}

/** One who is told what a channel sends; one that throws is told no more. */
export interface ChannelFollower {
  /** A GIF begins, or begins anew, with this logical screen. */
  begin?(screen: LogicalScreen): void;
  /** A part was sent. Its bytes are shared: they must not be changed. */
  part?(part: Part, info: PartInfo): void;
  /** The channel was closed. */
  end?(): void;
}

/** A form of a channel's stream that viewers watch. */
export interface Outlet extends ChannelFollower {
  /**
   * Lets a viewer in.
   *
   * @returns What to call when the viewer goes away by itself.
   * @throws {TooManyViewersError} If all places are taken.
   */
  attach(connection: ViewerConnection): () => void;
  /** Lets go of what it holds: nobody watches any more. */
  release?(): void;
}

/** What an outlet hands its parts out with: see `Fanout`. */
export interface OutletContext extends FanoutContext {
  /** To be called when its last viewer has gone. */
  onEmpty: () => void;
  /** Does what a timer of the form is for; a fault ends the form. */
  later: (act: () => void) => void;
}
