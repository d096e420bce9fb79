import type { Socket } from "node:net";
import type { Client } from "../connection/client.ts";
import type { FloodGuard } from "../sockets/flood_guard.ts";
import { GuardedClient } from "../sockets/guarded_client.ts";

/** The viewer at a connection; undefined if that cannot be looked at. */
export function viewerAt(
  { remoteAddress, remotePort }: Socket,
  guard: FloodGuard,
): Client | undefined {
  const isKnown = remoteAddress !== undefined && remotePort !== undefined;
  if (!isKnown || !guard.isAble) return undefined;
  const address = { hostname: remoteAddress, port: remotePort };
  return new GuardedClient(guard, address, "nothing");
}

/**
 * Looks at a viewer's connection until it is no more, of which the socket tells
 * by itself.
 *
 * @param viewer Undefined where connections cannot be looked at.
 * @param onLag Called when what was sent waits all the time.
 */
export function followViewer(
  viewer: Client | undefined,
  socket: Socket,
  onLag: () => void,
): void {
  if (viewer === undefined) return;
  const forget = viewer.watch({
    cut: () => socket.destroy(),
    leave: () => forget(),
    lag: onLag,
  });
  socket.once("close", forget);
}
