/**
 * Makes the directory and its parents, or does nothing when it is there.
 *
 * @throws {Error} If something that is no directory is there.
 */
export async function ensureDir(dir: string | URL): Promise<void> {
  // mkdir first would ask for write permission even where nothing is to write.
  if (await isDirectory(dir)) return;
  await Deno.mkdir(dir, { recursive: true });
}

async function isDirectory(path: string | URL): Promise<boolean> {
  try {
    const info = await Deno.stat(path);
    if (info.isDirectory) return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
  throw new Error(
    `Failed to ensure directory exists: expected 'dir', got another kind of file at ${path}`,
  );
}
