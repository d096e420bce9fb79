import type { Channel } from "../../channel/channel.ts";
import type { Channels } from "../../channel/channels.ts";
import type { WatchedClient } from "../connection/client.ts";
import type { Address } from "./address.ts";
import type { HandlerSettings } from "./handler_settings.ts";

/** A request, and all that its answer may depend on. */
export interface Call {
  request: Request;
  /** The part of the address after the question mark. */
  query: URLSearchParams;
  /** All channels of the server. */
  channels: Channels;
  /** The options of the handler. */
  settings: HandlerSettings;
  /** All addresses of the server. */
  addresses: readonly Address[];
  /** The client, if the server notices when it leaves. */
  client?: WatchedClient;
  /** The network of the client, as `clientNetwork()` says, if that is known. */
  network?: string;
}

/** A request about one channel. */
export interface ChannelCall extends Call {
  channel: Channel;
}

/** A request about a channel that need not exist yet. */
export interface NameCall extends Call {
  /** The channel's name, as the address has it. */
  name: string;
  channel: Channel | undefined;
}
