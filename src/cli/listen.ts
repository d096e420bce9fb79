import type { Channels } from "../channel/channels.ts";
import { createHandler } from "../http/handler.ts";
import { serveByNode } from "../http/node_server.ts";
import { messageOf } from "./message.ts";
import type { CliOptions } from "./options.ts";
import type { Report } from "./report.ts";

/**
 * Serves channels as the options say, and says where.
 *
 * @returns What ends that; undefined if it cannot listen, which was said.
 */
export async function listen(
  options: CliOptions,
  channels: Channels,
  report: Report,
): Promise<{ shutdown(): Promise<void> } | undefined> {
  const { host: hostname, port } = options;
  const onError = (error: unknown) => report.warn(messageOf(error));
  try {
    const server = options.server === "node"
      ? await serveByNode(channels, { hostname, port, onError })
      : Deno.serve(
        { hostname, port, onListen: () => {} },
        createHandler(channels, { onError }),
      );
    report.info(serverAddress(hostname, server.addr));
    return server;
  } catch (error) {
    report.error(explainListenError(error, hostname, port));
    return undefined;
  }
}

/** The line that says where to watch. */
export function serverAddress(
  hostname: string,
  address: { hostname: string; port: number },
): string {
  const everywhere = hostname === "0.0.0.0" || hostname === "::";
  const host = everywhere
    ? "localhost"
    : address.hostname.includes(":")
    ? `[${address.hostname}]`
    : address.hostname;
  const others = everywhere ? " and at every address of this machine" : "";
  return `Watch at http://${host}:${address.port}/${others}`;
}

/** Why a server cannot listen, as Deno and as Node say it. */
const REASONS: [new (message: string) => Error, string, string][] = [
  [
    Deno.errors.AddrInUse,
    "EADDRINUSE",
    "another program uses the port; choose one with --port, or --port 0 for " +
    "any free one",
  ],
  [
    Deno.errors.AddrNotAvailable,
    "EADDRNOTAVAIL",
    "this machine does not have the address; try --host 0.0.0.0 for all that " +
    "it has",
  ],
  [
    Deno.errors.PermissionDenied,
    "EACCES",
    "ports below 1024 need root; choose one with --port",
  ],
  [
    Deno.errors.NotCapable,
    "EPERM",
    "Deno was not allowed to; add --allow-net",
  ],
];

/** What to do when the server cannot listen. */
export function explainListenError(
  error: unknown,
  hostname: string,
  port: number,
): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  const known = REASONS.find(([kind, nodeCode]) =>
    error instanceof kind || code === nodeCode
  );
  const reason = known?.[2] ?? messageOf(error);
  return `Cannot listen on ${hostname}, port ${port}: ${reason}`;
}
