import type { Channels } from "../channel/channels.ts";
import { type Certificate, serveByDeno } from "../http/deno/deno_server.ts";
import { serveByNode } from "../http/node/node_server.ts";
import type { HandlerOptions } from "../http/routing/handler_options.ts";
import { errorMessage } from "../system/error_message.ts";
import {
  CertificateError,
  CertificateRenewal,
  readCertificate,
} from "./certificate.ts";
import type { ReachOptions } from "./options/access_options.ts";
import type { Report } from "./output/report.ts";
import type { Admission } from "./serving.ts";
import { counted } from "./output/status_line.ts";
import type { GivenSocket } from "./service/given_socket.ts";
import { groupNumber } from "./service/group_number.ts";
import { serveOnSocket } from "./unix_socket.ts";
import { serveChannelsByWorkers } from "./workers.ts";

/** A server of any kind that listens. */
interface Listening {
  /** The address, unless it is a Unix socket. */
  addr?: { hostname: string; port: number };
  /** See {@linkcode DenoServer}; undefined if the server has none. */
  isGuarded?: boolean;
  /** See {@linkcode DenoServer}; undefined if the server has none. */
  renewCertificate?(tls: Certificate): void;
  shutdown(): Promise<void>;
}

/** The server of the program. */
export interface Server {
  /** Takes its certificate anew; undefined: it has none. */
  renewal: CertificateRenewal | undefined;
  /** The options, with the place where it really listens. */
  reach: ReachOptions;
  shutdown(): Promise<void>;
}

/**
 * Serves channels as the options say, and logs the address.
 *
 * @param begin Called when the server listens; it may take the time that it
 * needs before users are told to watch.
 * @param given A socket to listen on, instead of that of the options.
 * @returns The server; undefined if it cannot listen, and the log says why.
 */
export async function listen(
  options: ReachOptions,
  channels: Channels,
  handler: HandlerOptions,
  report: Report,
  begin: () => Promise<void>,
  given?: GivenSocket,
): Promise<Server | undefined> {
  const { tls } = options;
  try {
    const certificate = tls && await readCertificate(tls);
    const server = await serve(
      options,
      channels,
      { ...handler, tls: certificate },
      report,
      given,
    );
    const reach = given === undefined
      ? options
      : givenReach(options, given, server.addr?.hostname);
    await begin();
    report.info(serverAddress(reach, server.addr));
    if (server.isGuarded === false && !isLoopback(reach.host)) {
      report.warn(
        "Cannot cut off clients that flood this server, which could fill its " +
          "memory: run Deno on Linux with --allow-ffi, or use --server node",
      );
    }
    if (tls !== undefined && !isLoopback(options.host)) {
      report.warn(
        "One client can make an HTTPS server of Deno stand still: where " +
          "strangers can connect, let a proxy speak TLS (docs/reliability.md)",
      );
    }
    const renewal = certificate &&
      new CertificateRenewal(tls!, certificate, server, report);
    return { renewal, reach, shutdown: () => server.shutdown() };
  } catch (error) {
    const about = report.about({ kind: "server" });
    about.error(explainListenError(error, options));
    return undefined;
  }
}

/** Warns that strangers may watch, if nobody has said so. */
export function warnIfOpen(
  { host, socket }: ReachOptions,
  { viewing: { token, basic } }: Admission,
  report: Report,
): void {
  const isGuarded = token !== undefined || basic !== undefined;
  if (isGuarded || socket !== undefined || isLoopback(host)) return;
  report.warn(
    "Whoever reaches this machine may watch: --viewer-token-file lets in only " +
      "those who have a token",
  );
}

async function serve(
  reach: ReachOptions,
  channels: Channels,
  { tls, ...handler }: HandlerOptions & { tls: Certificate | undefined },
  report: Report,
  given: GivenSocket | undefined,
): Promise<Listening> {
  const { host: hostname, port, socket, server, workers } = reach;
  // Separate rate limits, so that no other warning hides these.
  const kind = "client";
  const [refusals, cuts] = [report.about({ kind }), report.about({ kind })];
  const notices = {
    onRefusing: (message: string) => refusals.warn(message),
    onAccepting: () => report.info("New viewers are accepted again"),
    onCutOff: (clients: number) =>
      cuts.warn(
        `Cut off ${counted(clients, "client")} that kept sending after ` +
          (clients === 1 ? "its request" : "their requests"),
      ),
  };
  const options = { ...handler, ...notices };
  if (given !== undefined) {
    const { descriptor } = given;
    return await serveByNode(channels, { ...options, descriptor });
  }
  const serveAt = server === "node" ? serveByNode : serveByDeno;
  if (socket !== undefined) {
    const { socketMode, socketGroup: group } = reach;
    const socketGroup = group === undefined
      ? undefined
      : await groupNumber(group);
    const place = { path: socket, socketMode, socketGroup };
    return await serveOnSocket(
      socket,
      () => serveAt(channels, { ...options, ...place }),
    );
  }
  const place = { hostname, port, tls };
  if (workers > 1) {
    const about = report.about({ kind: "server" });
    const onLost = (viewers: number) =>
      about.warn(
        `A worker is lost, with ${counted(viewers, "viewer")}: another one ` +
          "takes its place",
      );
    const threads = { ...notices, ...place, server, workers, onLost };
    return await serveChannelsByWorkers(channels, handler, threads);
  }
  return await serveAt(channels, { ...options, ...place });
}

/** The options, with the place of a socket that was given. */
function givenReach(
  options: ReachOptions,
  { isUnix }: GivenSocket,
  host: string | undefined,
): ReachOptions {
  if (isUnix) return { ...options, socket: "of systemd" };
  return { ...options, host: host ?? options.host };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

/** The line that says where to watch. */
export function serverAddress(
  { host, socket, tls, basePath }: ReachOptions,
  address?: { hostname: string; port: number },
): string {
  if (address === undefined || socket !== undefined) {
    return `Listening on the Unix socket ${socket}`;
  }
  const everywhere = host === "0.0.0.0" || host === "::";
  const name = everywhere
    ? "localhost"
    : address.hostname.includes(":")
    ? `[${address.hostname}]`
    : address.hostname;
  const others = everywhere ? " and at every address of this machine" : "";
  const scheme = tls === undefined ? "http" : "https";
  return `Watch at ${scheme}://${name}:${address.port}${basePath}/${others}`;
}

/** Reasons why a server cannot listen, by the errors of Deno and Node. */
const REASONS: [new (message: string) => Error, string, string][] = [
  [
    Deno.errors.AddrInUse,
    "EADDRINUSE",
    "another program uses the port; choose another with --port, or any free " +
    "one with --port 0",
  ],
  [
    Deno.errors.AddrNotAvailable,
    "EADDRNOTAVAIL",
    "this machine does not have the address; try --host 0.0.0.0 for all of " +
    "its addresses",
  ],
  [
    Deno.errors.PermissionDenied,
    "EACCES",
    "ports below 1024 need root; choose one with --port",
  ],
  [
    Deno.errors.NotCapable,
    "EPERM",
    "Deno does not allow it; add --allow-net",
  ],
];

/** Advice for a server that cannot listen. */
export function explainListenError(
  error: unknown,
  { host, port, socket, tls }: ReachOptions,
): string {
  if (socket !== undefined) {
    return `Cannot listen on ${socket}: ${errorMessage(error)}`;
  }
  if (error instanceof CertificateError) return error.message;
  const code = (error as { code?: unknown } | undefined)?.code;
  const known = REASONS.find(([kind, nodeCode]) =>
    error instanceof kind || code === nodeCode
  );
  // With HTTPS, other errors come from what stands in the files.
  if (tls !== undefined && known === undefined) {
    return `Cannot use the certificate ${tls.certFile} with the key ` +
      `${tls.keyFile}: ${errorMessage(error)}`;
  }
  const reason = known?.[2] ?? errorMessage(error);
  return `Cannot listen on ${host}, port ${port}: ${reason}`;
}
