import type { IntakeProblem } from "../channel/intake.ts";
import type { PictureLook } from "../encoding/drawn_gifs.ts";
import type { SourcePart } from "../encoding/frame_source.ts";
import type { PartRun } from "../encoding/part_run.ts";
import type { PixelFrame } from "../encoding/pixel_frame.ts";
import type { PartRules } from "../encoding/source_parts.ts";
import type { LogicalScreen } from "../gif/block.ts";
import type { SentError } from "../system/worker/sent_error.ts";

/** The name of threads that read bodies. */
export const BODY_THREAD = "gifstream bodies";

/** A note to the thread, about the body of this number. */
export type BodyNote =
  & { body: number }
  & (
    | { type: "open" }
    /** The answer to `enter`. */
    | { type: "rules"; rules: GifRules }
    /** The answer to `more`; undefined at the end of the body. */
    | { type: "bytes"; bytes: Uint8Array<ArrayBuffer> | undefined }
    /** Nobody wants its frames any more. */
    | { type: "close" }
  );

/** An event of the thread, about the body of this number. */
export type BodyEvent =
  & { body: number }
  & (
    /** All bytes so far are read. */
    | { type: "more" }
    /** There is a GIF frame: how shall its part be? */
    | { type: "enter" }
    | { type: "frame"; frame: MadeFrame }
    /** Frames as finished parts that cross together. */
    | { type: "frames"; run: PartRun }
    /** Bytes that are no frame: so many, for the same or a like reason. */
    | { type: "warning"; message: string; count: number }
    | {
      type: "end";
      error?: SentError & { problem?: IntakeProblem };
      /** True if it had heads of parts or line breaks, and no content. */
      hasNothing?: boolean;
    }
  );

/** The rules for frames of GIFs. */
export interface GifRules {
  /** How they become parts. */
  parts: PartRules;
  /** How they are to look: then they become pixels instead, if they change. */
  look: PictureLook;
}

/** A frame of a body. */
export type MadeFrame =
  /** A GIF frame, as a checked part. */
  | SourcePart
  /** A GIF frame, turned or drawn into. */
  | { drawn: PixelFrame }
  /** A JPEG or PNG file, which is decoded in a thread of its own. */
  | {
    picture: Uint8Array<ArrayBuffer>;
    timestampMilliseconds: number;
    /** The size of a JPEG, which can be handed on as it is. */
    size?: LogicalScreen;
    /** Its fault, if a part of it is known to be damaged. */
    damage?: string;
  }
  /** A GIF frame that browsers could not show, and the reason. */
  | { refused: string };
