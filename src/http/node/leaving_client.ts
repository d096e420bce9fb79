import type { Socket } from "node:net";
import type { WatchedClient } from "../connection/client.ts";

/**
 * The client of a connection that a request came by. One that only ends its
 * own side may still wait for the answer: it has left when the connection is
 * no more.
 */
export function leavingClient(socket: Socket): WatchedClient {
  return {
    watch({ leave }) {
      socket.once("close", leave);
      return () => socket.off("close", leave);
    },
  };
}
