/**
 * Serves on a Unix socket. One that a program left behind which is no more is
 * replaced.
 *
 * @throws {Error} If something else is there, or a program listens there.
 */
export async function serveOnSocket(
  path: string,
  handler: (request: Request) => Response | Promise<Response>,
): Promise<{ shutdown(): Promise<void> }> {
  await removeStale(path);
  const server = Deno.serve({ path, onListen: () => {} }, handler);
  return {
    shutdown: async () => {
      // At once: nobody is to come any more, and the program may be in haste.
      await removeIfThere(path);
      await server.shutdown();
    },
  };
}

async function removeStale(path: string): Promise<void> {
  try {
    const { isSocket } = await Deno.stat(path);
    if (!isSocket) throw new Error("a file that is no socket is there");
    const connection = await Deno.connect({ transport: "unix", path });
    connection.close();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
    return await removeIfThere(path);
  }
  throw new Error("another program listens there");
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
