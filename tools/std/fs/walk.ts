import { basename, fromFileUrl, join, normalize } from "@std/path";

/** Options for {@linkcode walk}. */
export interface WalkOptions {
  /** @default {Infinity} */
  maxDepth?: number;
  /** @default {true} */
  includeFiles?: boolean;
  /** @default {true} */
  includeDirs?: boolean;
  /** @default {true} */
  includeSymlinks?: boolean;
  /** @default {false} */
  followSymlinks?: boolean;
  /** @default {true} */
  canonicalize?: boolean;
  /** File extensions to keep, with or without their dot. */
  exts?: string[];
  /** Keep only the paths that one of these matches. */
  match?: RegExp[];
  /** Leave out the paths that one of these matches, and what is below. */
  skip?: RegExp[];
}

/** A directory entry with its path. */
export interface WalkEntry extends Deno.DirEntry {
  path: string;
}

/** Yields the root and everything below it, parents before children. */
export async function* walk(
  root: string | URL,
  options: WalkOptions = {},
): AsyncIterableIterator<WalkEntry> {
  const { maxDepth = Infinity, includeDirs = true } = options;
  if (maxDepth < 0) return;
  const path = normalize(root instanceof URL ? fromFileUrl(root) : root);
  if (includeDirs && isKept(path, options)) {
    const { isDirectory, isFile, isSymlink } = await Deno.stat(path);
    yield { path, name: basename(path), isDirectory, isFile, isSymlink };
  }
  if (maxDepth < 1 || isSkipped(path, options)) return;
  for await (const child of Deno.readDir(path)) {
    yield* walkChild(join(path, child.name), child, options);
  }
}

async function* walkChild(
  path: string,
  entry: Deno.DirEntry,
  options: WalkOptions,
): AsyncIterableIterator<WalkEntry> {
  const { includeFiles = true, includeSymlinks = true, canonicalize = true } =
    options;
  let { isDirectory, isSymlink } = entry;
  if (isSymlink) {
    if (!options.followSymlinks) {
      if (includeSymlinks && isKept(path, options)) yield { ...entry, path };
      return;
    }
    const target = await Deno.realPath(path);
    if (canonicalize) path = target;
    ({ isDirectory, isSymlink } = await Deno.lstat(target));
  }
  if (isSymlink || isDirectory) {
    yield* walk(path, { ...options, maxDepth: maxDepthBelow(options) });
  } else if (includeFiles && isKept(path, options)) {
    yield { ...entry, path };
  }
}

function maxDepthBelow({ maxDepth = Infinity }: WalkOptions): number {
  return maxDepth - 1;
}

function isKept(path: string, options: WalkOptions): boolean {
  const { exts, match } = options;
  if (exts && !exts.some((ext) => path.endsWith(withDot(ext)))) return false;
  if (match && !match.some((pattern) => pattern.test(path))) return false;
  return !isSkipped(path, options);
}

function isSkipped(path: string, { skip = [] }: WalkOptions): boolean {
  return skip.some((pattern) => pattern.test(path));
}

function withDot(extension: string): string {
  return extension.startsWith(".") ? extension : `.${extension}`;
}
