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

/** The values of the command line, by the name of the option. */
export interface GivenOptions {
  text: (name: string) => string | undefined;
  number: (name: string) => number | undefined;
  texts: (name: string) => string[];
  isGiven: (name: string) => boolean;
}

/** @throws {UsageError} If options contradict each other. */
export function accessOptions(given: GivenOptions): AccessOptions {
  const { text, texts, isGiven } = given;
  const viewerToken = text("viewer-token");
  const viewerTokenFile = text("viewer-token-file");
  if (viewerToken !== undefined && viewerTokenFile !== undefined) {
    throw new UsageError(
      "Only one of --viewer-token and --viewer-token-file can be given",
    );
  }
  const origins = texts("allow-origin");
  const allowOrigin = origins.length === 0 ? ["*"] : origins;
  orUsageError("allow-origin", () => new Origins(allowOrigin));
  const allowHost = texts("allow-host");
  orUsageError("allow-host", () => new Hosts(allowHost));
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
  { text, number, isGiven }: GivenOptions,
): ReachOptions {
  const certFile = text("cert"), keyFile = text("key");
  const socket = text("socket");
  const server = text("server") as "deno" | "node";
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new UsageError("Options --cert and --key must be given together");
  }
  if (server === "node" && certFile !== undefined) {
    throw new UsageError("Option --cert needs --server deno");
  }
  if (socket !== undefined && certFile !== undefined) {
    throw new UsageError(
      "A Unix socket needs no --cert: nobody can eavesdrop on it",
    );
  }
  const socketGroup = text("socket-group");
  for (const name of ["socket-mode", "socket-group"]) {
    if (socket !== undefined || text(name) === undefined) continue;
    throw new UsageError(`Option --${name} is for --socket`);
  }
  const workers = parseWorkers(text("workers")!);
  if (workers > 1 && socket !== undefined) {
    throw new UsageError(
      "Option --workers does not work with --socket: workers share a port, " +
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
    socketMode: parseMode(text("socket-mode")) ??
      (socketGroup === undefined ? undefined : GROUP_MODE),
    socketGroup,
    tls,
    basePath: orUsageError(
      "base-path",
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

function parseMode(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^0?[0-7]{3}$/.test(value)) return parseInt(value, 8);
  throw new UsageError(
    `Option --socket-mode takes three octal digits, as 660: ${value}`,
  );
}

/** More threads than any machine has cores would only take memory. */
const MAX_WORKERS = 256;

/** A number of workers, or `auto` for that of cores. */
function parseWorkers(value: string): number {
  if (value === "auto") return navigator.hardwareConcurrency;
  const range = { min: 1, max: MAX_WORKERS, integer: true };
  const workers = numberInRange(value, range);
  if (workers !== undefined) return workers;
  throw new UsageError(
    `Option --workers takes ${rangeInWords(range)}, or auto: ${value}`,
  );
}

function orUsageError<T>(option: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`Option --${option}: ${error.message}`);
  }
}
