import type { Channels } from "../../channel/channels.ts";
import type { CliOptions } from "../options/options.ts";
import type { Report } from "../output/report.ts";
import type { ChannelMaker } from "./channel_maker.ts";
import type { FeedOptions } from "./feed.ts";

/** Options of a lineup. */
export interface LineupOptions {
  channels: Channels;
  makeChannel: ChannelMaker;
  options: CliOptions;
  report: Report;
  /** See {@linkcode FeedOptions}. */
  hide?: FeedOptions["hide"];
}
