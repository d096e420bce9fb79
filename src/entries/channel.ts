/**
 * Live fan-out without HTTP, for servers of other kinds:
 * parts go in, and each viewer gets the stream header, a keyframe, and then
 * every part that it has time for.
 *
 * - {@linkcode Broadcaster}: hands each part to all viewers.
 *   {@linkcode Fanout}: the same for anything that is sent in messages.
 * - {@linkcode ViewerConnection}: the connection of a viewer, which a server
 *   provides.
 * - {@linkcode Channel}: frames in, checked and counted, with its past.
 *   {@linkcode Outlet}: serves a channel in another form.
 * - {@linkcode Past}: the last seconds as pictures, keyframes and clips, made
 *   in a thread of their own.
 * - {@linkcode Demand}: whether anyone watches, for sources on demand.
 *
 * @example A viewer gets every part
 * ```ts
 * import { Broadcaster } from "@x/gifstream/channel";
 * import { framePart, indexedFrame } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const screen = { width: 1, height: 1 };
 * const colors = Uint8Array.of(0, 0, 0, 255, 255, 255);
 * const frame = indexedFrame(screen, Uint8Array.of(1), colors);
 *
 * const broadcaster = new Broadcaster();
 * broadcaster.begin(screen);
 * const body = broadcaster.view();
 * broadcaster.publish(framePart(frame));
 * broadcaster.close();
 * const gif = await new Response(body).bytes();
 * assertEquals(new TextDecoder().decode(gif.subarray(0, 6)), "GIF89a");
 * ```
 *
 * @module
 */

export { Broadcaster, type BroadcasterStats } from "../channel/broadcaster.ts";
export type {
  AttachOptions,
  BroadcasterOptions,
} from "../channel/broadcaster_options.ts";
export type { FollowedNeed } from "../encoding/frame_source.ts";
export type { Enter, EnterOptions, SentPart } from "../channel/entrance.ts";
export type { ChannelRoute } from "../channel/channel_route.ts";
export type { FormSwitch } from "../channel/form_switch.ts";
export { Channel } from "../channel/channel.ts";
export { RESERVED_NAMES } from "../channel/channel_name.ts";
export type { ChannelOptions } from "../channel/channel_options.ts";
export type { ChannelStatus } from "../channel/channel_status.ts";
export {
  Channels,
  type ChannelsFollower,
  type ChannelsOptions,
} from "../channel/channels.ts";
export { Demand } from "../channel/demand.ts";
export type { LatencyHistogram } from "../timing/time_histogram.ts";
export type {
  ChannelFollower,
  Outlet,
  OutletContext,
  PartInfo,
  PublishOptions,
  ViewedForm,
} from "../channel/outlet.ts";
export {
  Past,
  PastBusyError,
  type PastClip,
  type PastClipOptions,
  type PastKeyframe,
  type PastPicture,
} from "../past/past.ts";
export type { PlaceStatus, PublishState } from "../publish/place_status.ts";
export type { PartRules } from "../encoding/source_parts.ts";
export type {
  SourceChange,
  SourceState,
  SourceStatus,
} from "../channel/source_state.ts";
export type { WorkersStatus } from "../http/call/handler_settings.ts";
export {
  Fanout,
  type FanoutContext,
  type FanoutCounts,
  type FanoutOptions,
} from "../channel/viewers/fanout.ts";
export { TooManyViewersError } from "../channel/viewers/too_many_viewers_error.ts";
export type { ViewerConnection } from "../channel/viewers/viewer_connection.ts";
export { ViewerLimit } from "../channel/viewers/viewer_limit.ts";
export { type FaultKind, Faults } from "../log/faults.ts";
