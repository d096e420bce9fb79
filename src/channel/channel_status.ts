import type { SourceStatus } from "./source_state.ts";

/** The state of a channel, as the server tells it to those who ask. */
export interface ChannelStatus {
  /** The channel's name, as addresses have it. */
  name: string;
  /** The channel's name, as people are shown it. */
  title: string;
  /** Pixels; 0 before the first frame. */
  width: number;
  /** Pixels; 0 before the first frame. */
  height: number;
  /** Viewers at this moment. */
  viewers: number;
  /** Frames taken since the start. */
  frames: number;
  /** Frames that were not sent since nothing had changed. */
  unchangedFrames: number;
  /** Frames that were refused since browsers could not show them. */
  refusedFrames: number;
  /** Frames taken a second, over the last seconds. */
  framesPerSecond: number;
  /** Bytes that one viewer was sent who has had every frame. */
  publishedBytes: number;
  /** Bytes handed to viewers since the start. */
  sentBytes: number;
  /** Frames that lagging viewers were not sent, summed over viewers. */
  skippedFrames: number;
  /** Viewers that were cut off because they took nothing. */
  stalledViewers: number;
  /** Time since the newest frame; null before the first. */
  lastFrameAgeMilliseconds: number | null;
  /**
   * How long the newest frame took from its source to the viewers' sockets;
   * null if its source does not tell when it was made.
   */
  latencyMilliseconds: number | null;
  /** The same, smoothed over about the last twenty frames. */
  smoothedLatencyMilliseconds: number | null;
  /** Where the frames come from, and how that is going. */
  source: SourceStatus;
}
