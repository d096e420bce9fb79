/**
 * The ways to serve channels, which must not differ to a client.
 *
 * @module
 */

import { serveChannelsByWorkers } from "../../../src/cli/workers.ts";
import { Channel } from "../../../src/channel/channel.ts";
import { Channels } from "../../../src/channel/channels.ts";
import { createHandler } from "../../../src/http/handler.ts";
import { serveByNode } from "../../../src/http/node/node_server.ts";
import type { HandlerOptions } from "../../../src/http/routing/handler_options.ts";

interface TestServer {
  addr: { port: number };
  shutdown(): Promise<void>;
}

type Serve = (
  channels: Channels,
  options: HandlerOptions,
) => Promise<TestServer>;

const SERVERS: Record<string, Serve> = {
  "createHandler()": (channels, options) =>
    Promise.resolve(Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      createHandler(channels, options),
    )),
  "serveByNode()": (channels, options) =>
    serveByNode(channels, { ...options, port: 0 }),
};

/** Two threads that share a port, for tests that ask for them. */
const BY_WORKERS: Record<string, Serve> = {
  "serveByWorkers(deno)": byWorkers("deno"),
  "serveByWorkers(node)": byWorkers("node"),
};

function byWorkers(server: "deno" | "node"): Serve {
  const place = { hostname: "127.0.0.1", port: 0, server, workers: 2 };
  return (channels, options) =>
    serveChannelsByWorkers(channels, options, place);
}

/** What a test of both servers begins with. */
export interface BothServersOptions extends HandlerOptions {
  /**
   * Names of the channels.
   *
   * @default {["live"]}
   */
  names?: string[];
  /**
   * True to test the same with workers, too, which takes a second or two.
   *
   * @default {false}
   */
  workers?: boolean;
  /** Options that depend on the channels, besides the others. */
  configure?: (channels: Channels) => HandlerOptions;
}

/**
 * A test of each server.
 *
 * @param name The test's name, without the symbol at its start.
 * @param use Gets the server's address, without a slash at its end.
 */
export function testBothServers(
  name: string,
  use: (base: string, channels: Channels) => Promise<void>,
  { names = ["live"], workers, configure, ...options }: BothServersOptions = {},
): void {
  const servers = workers && Deno.build.os === "linux"
    ? { ...SERVERS, ...BY_WORKERS }
    : SERVERS;
  for (const [symbol, serve] of Object.entries(servers)) {
    Deno.test(`${symbol} ${name}`, async () => {
      const channels = new Channels(names.map((name) => new Channel({ name })));
      const server = await serve(channels, {
        ...options,
        ...configure?.(channels),
      });
      try {
        await use(`http://127.0.0.1:${server.addr.port}`, channels);
      } finally {
        channels.close();
        await server.shutdown();
      }
    });
  }
}
