/** Options for {@linkcode exists}. */
export interface ExistsOptions {
  /** @default {false} */
  isReadable?: boolean;
  /** @default {false} */
  isDirectory?: boolean;
  /** @default {false} */
  isFile?: boolean;
}

/** Tells whether the path exists and is what the options ask for. */
export async function exists(
  path: string | URL,
  options: ExistsOptions = {},
): Promise<boolean> {
  const { isReadable = false, isDirectory = false, isFile = false } = options;
  if (isDirectory && isFile) {
    throw new TypeError(
      "ExistsOptions.options.isDirectory and ExistsOptions.options.isFile must not be true together",
    );
  }
  try {
    const info = await Deno.stat(path);
    if (isDirectory && !info.isDirectory) return false;
    if (isFile && !info.isFile) return false;
    return !isReadable || isReadableByUs(info);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    if (error instanceof Deno.errors.PermissionDenied) return !isReadable;
    throw error;
  }
}

/** Where there are no modes (Windows), everything counts as readable. */
function isReadableByUs(info: Deno.FileInfo): boolean {
  if (info.mode === null) return true;
  if (info.uid === Deno.uid()) return (info.mode & 0o400) !== 0;
  if (info.gid === Deno.gid()) return (info.mode & 0o040) !== 0;
  return (info.mode & 0o004) !== 0;
}
