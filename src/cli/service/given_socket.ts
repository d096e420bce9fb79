import type { ReachOptions } from "../options/access_options.ts";
import { UsageError } from "../options/usage_error.ts";
import { takeManagerVariable } from "./manager_variable.ts";

/** A socket that systemd listens at for the program: see sd_listen_fds(3). */
export interface GivenSocket {
  /** True for a Unix socket. */
  isUnix: boolean;
  /** Makes a descriptor of it that somebody else may close. */
  descriptor: () => number;
}

/** Functions of glibc; POSIX except for the numbers, which are Linux's. */
const LIBRARY = "libc.so.6";
const FUNCTIONS = {
  fcntl: { parameters: ["i32", "i32", "i32"], result: "i32" },
  getsockopt: {
    parameters: ["i32", "i32", "i32", "buffer", "buffer"],
    result: "i32",
  },
} as const;

/** The descriptor of the first socket. */
const FIRST = 3;
const F_SETFD = 2;
const FD_CLOEXEC = 1;
const F_DUPFD_CLOEXEC = 1030;
const SOL_SOCKET = 1;
const SO_DOMAIN = 39;
const AF_UNIX = 1;

/**
 * Finds out if systemd has opened a socket for the program. Then that is where
 * it listens: host, port and path are those of the unit of the socket.
 *
 * @throws {UsageError} If it has, and the program cannot take it.
 */
export function givenSocket(
  { server, workers }: Pick<ReachOptions, "server" | "workers">,
): GivenSocket | undefined {
  const count = takeManagerVariable("LISTEN_FDS");
  const process = takeManagerVariable("LISTEN_PID");
  takeManagerVariable("LISTEN_FDNAMES");
  if (count === undefined || Number(process) !== Deno.pid) return undefined;
  const cannot = "Cannot take the socket of systemd: expected";
  if (count !== "1") {
    throw new UsageError(`${cannot} one ListenStream=, found ${count}`);
  }
  if (server !== "node") {
    throw new UsageError(`${cannot} --server node, found ${server}`);
  }
  if (workers > 1) {
    throw new UsageError(`${cannot} --workers 1, found ${workers}`);
  }
  const { state } = Deno.permissions.querySync({ name: "ffi" });
  if (state !== "granted") {
    throw new UsageError(`${cannot} Deno's permission --allow-ffi, found none`);
  }
  const { symbols } = Deno.dlopen(LIBRARY, FUNCTIONS);
  // Programs that are started would keep it open.
  symbols.fcntl(FIRST, F_SETFD, FD_CLOEXEC);
  const domain = new Int32Array(1), length = Int32Array.of(domain.byteLength);
  const place = [FIRST, SOL_SOCKET, SO_DOMAIN] as const;
  if (symbols.getsockopt(...place, domain, length) < 0) {
    throw new UsageError(`${cannot} a socket, found something else`);
  }
  return {
    isUnix: domain[0] === AF_UNIX,
    descriptor: () => symbols.fcntl(FIRST, F_DUPFD_CLOEXEC, FIRST),
  };
}
