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

/** The groups of this machine: lines of `name:password:number:members`. */
const GROUP_FILE = "/etc/group";

/**
 * The number of a group.
 *
 * @param group The group's name or number.
 * @throws {Error} If this machine has no such group.
 */
export async function groupNumber(group: string): Promise<number> {
  if (/^\d{1,9}$/.test(group)) return Number(group);
  const lines = (await Deno.readTextFile(GROUP_FILE)).split("\n");
  const found = lines.map((line) => line.split(":"))
    .find(([name]) => name === group);
  const number = found?.[2] ?? "";
  if (/^\d+$/.test(number)) return Number(number);
  throw new Error(
    `expected a group of this machine for --socket-group, found ${group}; ` +
      `give its number if it is not in ${GROUP_FILE}`,
  );
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
