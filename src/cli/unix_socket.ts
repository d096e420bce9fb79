import { removeSocketFile } from "../http/listening/socket_file.ts";

/** A server that listens. */
interface Listening {
  shutdown(): Promise<void>;
}

/**
 * Serves on a Unix socket. Replaces a socket that a dead program left behind.
 *
 * @param path Path of the socket.
 * @param serve Starts the server at that path.
 * @throws {Error} If something else is there, or a program listens there.
 */
export async function serveOnSocket(
  path: string,
  serve: () => Listening | Promise<Listening>,
): Promise<Listening> {
  await removeStale(path);
  const server = await serve();
  return {
    shutdown: async () => {
      // First: no new client should come, and the program may end early.
      removeSocketFile(path);
      await server.shutdown();
    },
  };
}

async function removeStale(path: string): Promise<void> {
  try {
    const { isSocket } = await Deno.stat(path);
    if (!isSocket) {
      throw new Error("a file that is not a socket is in its place");
    }
    const connection = await Deno.connect({ transport: "unix", path });
    connection.close();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
    return removeSocketFile(path);
  }
  throw new Error("another program listens on it");
}
