/**
 * Channels served by `Deno.serve`, with what `createHandler` alone cannot do:
 * it cuts clients off that flood it, and stays up without file descriptors.
 *
 * @module
 */

export {
  type DenoServer,
  type DenoServerOptions,
  serveByDeno,
} from "../http/deno/deno_server.ts";
