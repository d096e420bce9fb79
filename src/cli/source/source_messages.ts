import type {
  NeededForms,
  SourceJpeg,
  SourcePart,
} from "../../encoding/frame_source.ts";
import type { PartRun } from "../../encoding/part_run.ts";
import type { SourceState, SourceStatus } from "../../channel/source_state.ts";
import type { LogicalScreen } from "../../gif/block.ts";
import type { FaultKind } from "../../log/faults.ts";
import type { SentError } from "../../system/worker/sent_error.ts";
import type { CliOptions } from "../options/options.ts";
import type { SourceKind } from "./source_kind.ts";

/** The name of threads that run a source. */
export const SOURCE_THREAD = "gifstream source";

/** The options that sources heed, most of them of the command line. */
export type SourceOptions =
  & {
    /**
     * True: another program makes and removes the folder.
     *
     * @default {false} the folder is made if it is missing
     */
    isSubfolder?: boolean;
  }
  & Pick<
    CliOptions,
    | "framesPerSecond"
    | "loop"
    | "size"
    | "maxPixels"
    | "turn"
    | "timestamp"
    | "filter"
    | "inputArguments"
    | "rtspTransport"
    | "warmUpPictures"
    | "deleteAfterSeconds"
    | "pollMilliseconds"
    | "quality"
    | "mode"
    | "bitsPerSecond"
    | "dither"
    | "delayCentiseconds"
    | "redisPrefix"
    | "redisCa"
  >;

/** A form of the pictures. */
export type Form = keyof NeededForms;

/** The task of a source, one of those in a thread. */
export type SourceTask =
  /** To run a source. */
  | {
    play: string;
    kind: SourceKind;
    options: SourceOptions;
    /**
     * The screen on which all pictures are to be placed, 0x0 for that of the
     * first one; undefined if each may have its own.
     */
    place?: LogicalScreen;
    /** The forms that are needed at first. */
    needed: Record<Form, boolean>;
    /** The id of the channel that it feeds, if it has one. */
    channelId?: string;
  }
  /** To tell if the GIF of this path has its end. */
  | { look: string }
  /** To tell which channels there are at this address. */
  | { channelsOf: string; options: SourceOptions }
  /** To remove old frames from a folder that nobody watches. */
  | { clean: string; deleteAfterSeconds: number };

/** A note to the thread, about the source of this number. */
export type SourceNote =
  & { source: number }
  & (
    | { type: "open"; task: SourceTask }
    | { type: "stop" }
    /** A form is needed from now on, or no longer. */
    | { type: "need"; form: Form; needed: boolean }
  );

/** Counts of a source since its start, which only grow. */
export interface SourceCounts {
  /** Pictures that show what viewers see already. */
  unchanged: number;
  /** Frames that browsers could not show. */
  refused: number;
  /** Frames for which there was no room. */
  dropped: number;
  /** Frames that came too late. */
  late: number;
}

/** An event of a source. Nothing of it has to be parsed or checked again. */
export type SourceEvent =
  /** A picture, as a finished part in a buffer of its own. */
  | { type: "part"; picture: SourcePart }
  /** Pictures, as finished parts that cross together. */
  | { type: "parts"; run: PartRun }
  /** A JPEG for viewers of JPEG, in a buffer of its own. */
  | { type: "jpeg"; picture: SourceJpeg }
  | { type: "notice"; message: string }
  /** A mistake; if it ended a try, with the time until the next one. */
  | { type: "warning"; message: string; retryMilliseconds?: number }
  | { type: "fault"; kind: FaultKind; error: SentError }
  /** No picture that comes from now on is missed. */
  | { type: "begun" }
  /** The pictures of ffmpeg stop (false) or come back (true). */
  | { type: "signal"; present: boolean }
  /** The source tells its state by itself. */
  | { type: "state"; state: SourceState; message: string | null }
  /** A channel is there, with its title, or gone. */
  | { type: "channel"; name: string; title: string; isGone: boolean }
  /** The ids of the channels that the pictures come through. */
  | { type: "upstream"; ids: string[] }
  /** The pictures are handed on as they come from now on, or encoded. */
  | { type: "format"; format: SourceStatus["format"] }
  /** Counts that have changed. */
  | { type: "counts"; counts: SourceCounts }
  /** The last event; with an error if the source has failed. */
  | { type: "end"; error?: SentError }
  /** The answer to a look: true if the GIF has its end. */
  | { type: "finished"; isFinished: boolean };

/** Events of one of the sources in a thread. */
export interface SourceReport {
  source: number;
  event: SourceEvent;
}
