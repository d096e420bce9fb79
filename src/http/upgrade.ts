import { STATUS_CODE } from "@std/http/status";
import { HttpError } from "./http_error.ts";
import type { SocketAnswer } from "./socket_answer.ts";
import { WebSocketConnection } from "./web_socket_connection.ts";

/**
 * Turns a request into a WebSocket, as `Deno.upgradeWebSocket` does.
 *
 * @param request A request that asks for it.
 * @returns The socket, which opens once the response is sent.
 */
export type UpgradeWebSocket = (
  request: Request,
) => { socket: WebSocket; response: Response };

/** Deno's own, where there is Deno. */
export function defaultUpgrade(): UpgradeWebSocket | undefined {
  const { Deno } = globalThis as {
    Deno?: { upgradeWebSocket?: UpgradeWebSocket };
  };
  return Deno?.upgradeWebSocket;
}

/**
 * Opens a WebSocket to a viewer.
 *
 * @throws {HttpError} 501 if there is no way to.
 * @throws {TooManySubscribersError} If all places are taken.
 */
export function openSocket(
  request: Request,
  { attach }: SocketAnswer,
  upgrade: UpgradeWebSocket | undefined,
): Response {
  if (upgrade === undefined) {
    throw new HttpError(
      STATUS_CODE.NotImplemented,
      "This server has no WebSocket; the same pictures are at /NAME.mjpeg.",
    );
  }
  const connection = new WebSocketConnection();
  // Before the answer: afterwards nobody could be turned away.
  const leave = attach(connection);
  try {
    const { socket, response } = upgrade(request);
    socket.addEventListener("open", () => connection.open(socket));
    socket.addEventListener("close", leave);
    return response;
  } catch (error) {
    leave();
    throw error;
  }
}
