import type { SocketAccess } from "./socket_file.ts";

/** The place where a server listens. */
export interface ServerPlace extends SocketAccess {
  /**
   * The address to listen on.
   *
   * @default {"127.0.0.1"}
   */
  hostname?: string;
  /**
   * The port to listen on; 0 takes any free one.
   *
   * @default {8080}
   */
  port?: number;
  /**
   * The path of a Unix socket to listen on, instead of address and port.
   *
   * @default {undefined}
   */
  path?: string;
  /**
   * Shares address and port with other servers that do the same, in this
   * program or another one: Linux hands each connection to one of them. Deno's
   * own server needs Deno's option `--unstable-net` for it, and hangs up on no
   * client that sends no request. With port 0 each gets another port.
   *
   * @default {false}
   */
  reusePort?: boolean;
}

/** A place with its defaults. */
export function placeOf(
  { hostname = "127.0.0.1", port = 8080, path }: ServerPlace,
): { hostname: string; port: number; path: string | undefined } {
  return { hostname, port, path };
}
