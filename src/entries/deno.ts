/**
 * Channels served by `Deno.serve`, with more than `createHandler` alone can
 * do: the server cuts off clients that flood it, and stays up when it runs out
 * of file descriptors.
 *
 * @module
 */

export {
  type Certificate,
  type DenoServer,
  type DenoServerOptions,
  serveByDeno,
} from "../http/deno/deno_server.ts";
export type { SocketAccess } from "../http/listening/socket_file.ts";
