import { Hosts } from "../../http/access/hosts.ts";
import { Origins } from "../../http/access/origins.ts";
import { normalBasePath } from "../../http/access/public_address.ts";
import {
  numberInRange,
  rangeInWords,
} from "../../http/parameters/number_range.ts";
import { UsageError } from "./usage_error.ts";

/** Options of access: who may watch, and who may send frames. */
export interface AccessOptions {
  viewerToken: string | undefined;
  viewerTokenFile: string | undefined;
  viewerBasicFile: string | undefined;
  /** Pages of these origins may read what is served; `*` stands for all. */
  allowOrigin: readonly string[];
  allowHost: readonly string[];
  /** True if senders of frames make channels. */
  ingest: boolean;
  ingestTokenFile: string | undefined;
  /** True if senders may send the token as a password, or in the address. */
  anyIngestAuthentication: boolean;
}

/** Options of the address of the server. */
export interface ReachOptions {
  host: string;
  port: number;
  /** The path of a Unix socket, instead of host and port. */
  socket: string | undefined;
  /** Its file mode; undefined: as the umask says. */
  socketMode: number | undefined;
  /** The name or number of its group. */
  socketGroup: string | undefined;
  /** Files of a certificate and its key, if HTTPS is served. */
  tls: { certFile: string; keyFile: string } | undefined;
  basePath: string;
  trustProxy: boolean;
  server: "deno" | "node";
  /** Threads that share the connections; 1: there are no others. */
  workers: number;
}

/** The values that are given, by the name of the option. */
export interface GivenOptions {
  text: (name: string) => string | undefined;
  number: (name: string) => number | undefined;
  texts: (name: string) => string[];
  /** True for a switch that is on. */
  isGiven: (name: string) => boolean;
  /** True if there is a value, be it the default. */
  has: (name: string) => boolean;
  /** The subject of messages about an option. */
  place: (name: string) => string;
}

/** @throws {UsageError} If options contradict each other. */
export function accessOptions(given: GivenOptions): AccessOptions {
  const { text, texts, isGiven, place } = given;
  const viewerToken = text("viewer-token");
  const viewerTokenFile = text("viewer-token-file");
  if (viewerToken !== undefined && viewerTokenFile !== undefined) {
    throw new UsageError(
      `${place("viewer-token-file")} and --viewer-token: expected one of them`,
    );
  }
  const origins = texts("allow-origin");
  const allowOrigin = origins.length === 0 ? ["*"] : origins;
  orUsageError(() => place("allow-origin"), () => new Origins(allowOrigin));
  const allowHost = texts("allow-host");
  orUsageError(() => place("allow-host"), () => new Hosts(allowHost));
  return {
    viewerToken,
    viewerTokenFile,
    viewerBasicFile: text("viewer-basic-file"),
    allowOrigin,
    allowHost,
    ingest: isGiven("ingest"),
    ingestTokenFile: text("ingest-token-file"),
    anyIngestAuthentication: text("ingest-auth") === "any",
  };
}

/** @throws {UsageError} If options contradict each other. */
export function reachOptions(
  { text, number, isGiven, has, place }: GivenOptions,
): ReachOptions {
  const certFile = text("cert"), keyFile = text("key");
  const socket = text("socket");
  const server = text("server") as "deno" | "node";
  if ((certFile === undefined) !== (keyFile === undefined)) {
    const one = place(certFile === undefined ? "key" : "cert");
    const other = certFile === undefined ? "cert" : "key";
    throw new UsageError(`${one} needs --${other}, too`);
  }
  if (server === "node" && certFile !== undefined) {
    throw new UsageError(`${place("cert")} needs --server deno`);
  }
  if (socket !== undefined && certFile !== undefined) {
    throw new UsageError(
      "A Unix socket needs no --cert: nobody can eavesdrop on it",
    );
  }
  const socketGroup = text("socket-group");
  for (const name of ["socket-mode", "socket-group"]) {
    if (socket !== undefined || text(name) === undefined) continue;
    throw new UsageError(`${place(name)} is for --socket`);
  }
  const idle = ["host", "port"].find((name) => has(name));
  if (socket !== undefined && idle !== undefined) {
    throw new UsageError(
      `${place(idle)} means nothing with --socket: expected one of them`,
    );
  }
  const workers = parseWorkers(text("workers")!, () => place("workers"));
  if (workers > 1 && socket !== undefined) {
    throw new UsageError(
      `${
        place("workers")
      } does not work with --socket: workers share a port, ` +
        "and a Unix socket has none",
    );
  }
  const tls = certFile === undefined
    ? undefined
    : { certFile, keyFile: keyFile! };
  return {
    host: text("host")!,
    port: number("port")!,
    socket,
    socketMode: parseMode(text("socket-mode"), () => place("socket-mode")) ??
      (socketGroup === undefined ? undefined : GROUP_MODE),
    socketGroup,
    tls,
    basePath: orUsageError(
      () => place("base-path"),
      () => normalBasePath(text("base-path") ?? ""),
    ),
    // The permissions of its folder decide who can reach a socket.
    trustProxy: isGiven("trust-proxy") || socket !== undefined,
    server,
    workers,
  };
}

/** The mode of a socket for its owner and its group. */
const GROUP_MODE = 0o660;

function parseMode(
  value: string | undefined,
  place: () => string,
): number | undefined {
  if (value === undefined) return undefined;
  if (/^0?[0-7]{3}$/.test(value)) return parseInt(value, 8);
  throw new UsageError(
    `${place()} takes three octal digits, as 660: ${value}`,
  );
}

/** More threads than any machine has cores would only take memory. */
const MAX_WORKERS = 256;

/** A number of workers, or `auto` for that of cores. */
function parseWorkers(value: string, place: () => string): number {
  if (value === "auto") return navigator.hardwareConcurrency;
  const range = { min: 1, max: MAX_WORKERS, integer: true };
  const workers = numberInRange(value, range);
  if (workers !== undefined) return workers;
  throw new UsageError(
    `${place()} takes ${rangeInWords(range)}, or auto: ${value}`,
  );
}

function orUsageError<T>(place: () => string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`${place()}: ${error.message}`);
  }
}
