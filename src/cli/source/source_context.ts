import type { SourceState } from "../../channel/source_state.ts";
import type {
  FollowedNeed,
  JpegTaker,
  SourceEvents,
  SourcePicture,
  SourceStats,
} from "../../encoding/frame_source.ts";
import type { Form, SourceOptions } from "./source_messages.ts";

/** Frames of a source, and its counts if it keeps any. */
export interface Frames extends AsyncIterable<SourcePicture> {
  /** Frames that were lost, kept up to date. */
  readonly stats?: Pick<SourceStats, "dropped"> & { late?: number };
}

/** Listeners of a source. */
export interface Events extends Required<SourceEvents> {
  /** A picture came that viewers see already. */
  onUnchanged: () => void;
  /** Called when the pictures of ffmpeg stop (false) or come back (true). */
  onSignal: (present: boolean) => void;
  /** The source has begun: no picture that comes from now on is missed. */
  onBegin: () => void;
  /** Called by sources that tell their state themselves. */
  onState: (state: SourceState, message: string | null) => void;
  /** Called with the ids of the channels that the pictures come through. */
  onUpstream: (ids: string[]) => void;
}

/** Listeners of a source in the thread that runs it. */
export interface RunEvents extends Events {
  /** A picture came that cannot be shown. */
  onRefused: (error: unknown) => void;
}

/** Options of a source besides the input. */
export interface SourceContext {
  options: SourceOptions;
  events: RunEvents;
  /**
   * The id of the channel that it feeds.
   *
   * @default {undefined} it has none
   */
  channelId?: string;
  /** Ends the source. */
  signal: AbortSignal;
  /**
   * Takes JPEGs as they come.
   *
   * @default {undefined} every picture is encoded
   */
  jpegs?: JpegTaker & Record<Form, FollowedNeed>;
}
