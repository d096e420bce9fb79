import type { LogicalScreen } from "../gif/block.ts";
import type { BroadcasterStats } from "./broadcaster.ts";
import type { FrameCounts } from "./frame_counts.ts";
import type { ViewedForm } from "./outlet.ts";
import type { KeptSource } from "./kept_source.ts";
import {
  type SourceStatus,
  WAITING_AFTER_MILLISECONDS,
} from "./source_state.ts";

/** The state of a channel, as the server reports it. */
export interface ChannelStatus {
  /** The channel's name in addresses. */
  name: string;
  /** The channel's name shown to people. */
  title: string;
  /** Pixels; 0 before the first frame. */
  width: number;
  /** Pixels; 0 before the first frame. */
  height: number;
  /** Viewers at this moment. */
  viewers: number;
  /**
   * The same by form: `gif`, `jpeg` (one that never ends), `multipart` (also
   * what WebKit gets in place of the GIF), `websocket` and `text`.
   */
  viewersByForm: Record<ViewedForm, number>;
  /** Frames taken since the start. */
  frames: number;
  /** Unchanged frames, which were not sent. */
  unchangedFrames: number;
  /** Frames taken of which a part is damaged: they are shown as they are. */
  damagedFrames: number;
  /** Frames that were refused, because browsers could not show them. */
  refusedFrames: number;
  /** Frames taken a second, over the last 3 seconds. */
  framesPerSecond: number;
  /** Bytes of all parts, each counted once. */
  publishedBytes: number;
  /** Bytes handed to viewers since the start. */
  sentBytes: number;
  /** Frames that slow viewers skipped, summed over viewers. */
  skippedFrames: number;
  /** Viewers that were cut off because they took nothing. */
  stalledViewers: number;
  /** Time since the newest frame; null before the first. */
  lastFrameAgeMilliseconds: number | null;
  /**
   * Time that the newest frame took from its source to the viewers' sockets;
   * null if the source does not tell when the frame was made.
   */
  latencyMilliseconds: number | null;
  /** The latency, smoothed over about the last twenty frames. */
  smoothedLatencyMilliseconds: number | null;
  /** Time until the source is tried again; null if it waits for none. */
  retryMilliseconds: number | null;
  /** The source of the frames, and its state. */
  source: SourceStatus;
}

/** Puts together the state of a channel. */
export function statusOf({ channel, source, viewersByForm, counts, stats }: {
  channel: {
    name: string;
    title: string;
    screen: LogicalScreen;
    viewers: number;
  };
  source: KeptSource;
  viewersByForm: Record<ViewedForm, number>;
  counts: FrameCounts;
  stats: BroadcasterStats;
}): ChannelStatus {
  const { name, title, screen, viewers } = channel;
  const { latestMilliseconds, smoothedMilliseconds } = counts.latency;
  const { publishedBytes, sentBytes, skippedParts, stalledViewers } = stats;
  const isLate = counts.isLate(WAITING_AFTER_MILLISECONDS);
  return {
    name,
    title,
    ...screen,
    viewers,
    viewersByForm,
    frames: counts.frames,
    unchangedFrames: counts.unchanged,
    damagedFrames: counts.damaged,
    refusedFrames: counts.refused,
    framesPerSecond: counts.framesPerSecond(),
    publishedBytes,
    sentBytes,
    skippedFrames: skippedParts,
    stalledViewers,
    lastFrameAgeMilliseconds: counts.ageMilliseconds(),
    latencyMilliseconds: latestMilliseconds,
    smoothedLatencyMilliseconds: smoothedMilliseconds,
    retryMilliseconds: source.retryMilliseconds,
    source: source.reported(isLate),
  };
}
