import type { Channel } from "../../channel/channel.ts";
import type { ViewerConnection } from "../../channel/viewers/viewer_connection.ts";
import { FollowedConnection } from "../connection/followed_connection.ts";
import type { MultipartQuirks } from "./live/mjpeg.ts";

/** The state of a client, as µStreamer reports it. */
export interface ClientState {
  /** Pictures sent to it in the last whole second. */
  fps: number;
  extra_headers: boolean;
  advance_headers: boolean;
  dual_final_frames: boolean;
  zero_data: false;
  /** The word by which it wants to find itself here. */
  key: string;
}

const clients = new WeakMap<Channel, Map<string, CountingConnection>>();

/** The clients that watch a channel by the addresses of other servers. */
export function streamClients(channel: Channel): Record<string, ClientState> {
  const found = clients.get(channel) ?? new Map<string, CountingConnection>();
  return Object.fromEntries(
    [...found].map(([id, connection]) => [id, connection.state]),
  );
}

/**
 * Notes a client while it watches.
 *
 * @param channel What it watches.
 * @param id What it is called in the list.
 * @param described What it asked for.
 * @param connection The way to it.
 * @param attach Lets it in.
 * @returns What to call when it goes away by itself.
 */
export function attachClient(
  channel: Channel,
  id: string,
  described: { key: string; quirks: MultipartQuirks },
  connection: ViewerConnection,
  attach: (connection: ViewerConnection) => () => void,
): () => void {
  const ofChannel = clients.get(channel) ?? new Map();
  clients.set(channel, ofChannel);
  const forget = () => ofChannel.delete(id);
  const counting = new CountingConnection(connection, described, forget);
  const leave = attach(counting);
  ofChannel.set(id, counting);
  return () => {
    forget();
    leave();
  };
}

const SECOND_MILLISECONDS = 1000;

/** Counts what is sent. */
class CountingConnection extends FollowedConnection {
  readonly #described: { key: string; quirks: MultipartQuirks };
  #second = 0;
  #sent = 0;
  #sentBefore = 0;

  constructor(
    connection: ViewerConnection,
    described: { key: string; quirks: MultipartQuirks },
    forget: () => void,
  ) {
    super(connection, forget);
    this.#described = described;
  }

  get state(): ClientState {
    this.#turn();
    const { key, quirks } = this.#described;
    return {
      fps: this.#sentBefore,
      extra_headers: quirks.extraHeaders,
      advance_headers: quirks.advanceHeaders,
      dual_final_frames: quirks.dualFinalFrames,
      zero_data: false,
      key,
    };
  }

  override send(bytes: Uint8Array): void {
    this.#turn();
    this.#sent++;
    super.send(bytes);
  }

  override sendFirst(chunks: readonly Uint8Array[]): void {
    this.#turn();
    this.#sent++;
    super.sendFirst(chunks);
  }

  /** Begins to count anew with each second. */
  #turn(): void {
    const second = Math.floor(performance.now() / SECOND_MILLISECONDS);
    if (second === this.#second) return;
    this.#sentBefore = second === this.#second + 1 ? this.#sent : 0;
    this.#sent = 0;
    this.#second = second;
  }
}
