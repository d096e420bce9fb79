import type { Channel } from "../channel/channel.ts";
import type { Channels } from "../channel/channels.ts";
import type { Faults } from "../log/faults.ts";
import type { Pictures } from "../picture/pictures.ts";
import type { Access } from "./access/access.ts";
import type { Origins } from "./access/origins.ts";
import type { Place } from "./access/public_address.ts";
import type { ClipSending } from "./resources/finite/clip_sending.ts";
import type { IngestSettings } from "./resources/frames.ts";
import type { SocketAnswer } from "./socket_answer.ts";
import type { StreamAnswer } from "./stream_answer.ts";
import type { UpgradeWebSocket } from "./upgrade.ts";

/** A request that takes time to be answered. */
export interface Answering {
  /** Ends it at once, since its client does what it must not. */
  cut: () => void;
  /** Ends it, since its client has gone. */
  leave: () => void;
}

/** The client of a request, as a server knows it that can look at it. */
export interface Client {
  /**
   * Looks at it before its connection becomes a WebSocket's.
   *
   * @returns What gives the connection back to the system if nothing has become
   * of it; undefined: the client has gone.
   */
  beforeUpgrade(): (() => void) | undefined;
  /** Watches it while it is answered; returns what ends that. */
  watch(answering: Answering): () => void;
  /** Hangs up on it, whatever is being sent. */
  hangUp(): void;
}

/** A request, and all that its answer may depend on. */
export interface Call {
  request: Request;
  /** The part of the address behind the question mark. */
  query: URLSearchParams;
  /** All channels of the server. */
  channels: Channels;
  /** The options of the handler. */
  settings: HandlerSettings;
  /** Its client, if the server can look at it. */
  client?: Client;
}

/** A request about one channel. */
export interface ChannelCall extends Call {
  channel: Channel;
}

/** A request about a channel that need not be there yet. */
export interface NameCall extends Call {
  /** The channel's name, as the address has it. */
  name: string;
  channel: Channel | undefined;
}

/** What the handler was told once for all requests. */
export interface HandlerSettings extends Place {
  /** Told of mistakes of ours. */
  faults: Faults;
  /** Who may watch. */
  access: Access;
  /** Whose pages may read what is served. */
  origins: Origins;
  /** Who may send frames; undefined: nobody. */
  ingest: IngestSettings | undefined;
  /** Makes pictures in other formats. */
  pictures: Pictures;
  /** Sends clips. */
  clips: ClipSending;
  /** How a request becomes a WebSocket; undefined: not at all. */
  upgradeWebSocket: UpgradeWebSocket | undefined;
  /** How old the newest picture of a server that is ready may be. */
  readyWithinSeconds: number;
}

/** An answer, or what servers differ in: a stream, or a WebSocket. */
export type Answer = Response | StreamAnswer | SocketAnswer;

/** Something that has an address. */
export interface Resource<C extends Call = Call> {
  /** Methods besides OPTIONS. Whoever has GET has HEAD, too. */
  methods: readonly ("GET" | "HEAD" | "POST" | "PUT")[];
  /** Whether anybody may have it, whoever may watch; by default not. */
  open?: true;
  /**
   * Answers a request of such a method.
   *
   * @throws {HttpError} If it cannot be granted.
   */
  answer(call: C): Answer | Promise<Answer>;
}

/** The methods of what can only be looked at. */
export const READ_METHODS: Resource["methods"] = ["GET", "HEAD"];
