/**
 * Opens a file to read it, and closes it in any case. It avoids `using`, with
 * which a bundle does not load in Node 22.
 */
export async function withFile<T>(
  path: string,
  read: (file: Deno.FsFile) => Promise<T>,
): Promise<T> {
  const file = await Deno.open(path, { read: true });
  try {
    return await read(file);
  } finally {
    file.close();
  }
}
