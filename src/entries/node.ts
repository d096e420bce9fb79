/**
 * Channels served by Node's own HTTP server, in Node, Deno and Bun: a tenth of
 * the memory a viewer that `Deno.serve` takes.
 *
 * @module
 */

export {
  type NodeServer,
  type NodeServerOptions,
  type NodeServerPlace,
  serveByNode,
} from "../http/node/node_server.ts";
export type { SocketAccess } from "../http/listening/socket_file.ts";
