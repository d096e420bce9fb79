/**
 * Frames that are sent to a server, for tests of how it takes them.
 *
 * @module
 */

import { Channel } from "../../../src/channel/channel.ts";
import type { Channels } from "../../../src/channel/channels.ts";
import type { HandlerOptions } from "../../../src/http/routing/handler_options.ts";
import { Ingest, type IngestOptions } from "../../../src/ingest/ingest.ts";
import { bytes, header, image, TRAILER } from "../gif/gif_bytes.ts";

/** The server's token. */
export const TOKEN = "let-me-in";
const AUTHORIZATION = { authorization: `Bearer ${TOKEN}` };
/** A frame. */
export const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);

/** Options of a server that takes frames. */
export function taking(
  options: IngestOptions = {},
): (channels: Channels) => HandlerOptions {
  return (channels) => ({
    ingest: { token: TOKEN, intake: new Ingest(channels, options) },
  });
}

/** Takes frames for channels that are not there yet. */
export const ANY_NAME = {
  makeChannel: (name: string) => new Channel({ name }),
};

/** Sends frames with the token. */
export function post(
  address: string,
  body: BodyInit | null,
  init: RequestInit = {},
): Promise<Response> {
  const headers = { ...AUTHORIZATION, ...init.headers };
  return fetch(address, { method: "POST", body, ...init, headers });
}

/**
 * Waits for so many parts, like a viewer of the GIF; tells how many had a JPEG
 * with them.
 */
export async function waitForParts(
  channel: Channel,
  parts: number,
): Promise<{ jpegs: number }> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let jpegs = 0;
  const needNoGif = channel.gif.need();
  const end = channel.follow({
    part: (_, { jpeg }) => {
      if (jpeg !== undefined) jpegs++;
      if (--parts === 0) resolve();
    },
  });
  await promise;
  end();
  needNoGif();
  return { jpegs };
}
