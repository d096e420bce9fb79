/** Types of `@std/http/etag`, for the untyped npm build. */

export interface FileInfo {
  mtime: Date | null;
  size: number;
}

export interface ETagOptions {
  /** @default {"SHA-256"} */
  algorithm?: AlgorithmIdentifier;
  weak?: boolean;
}

export function eTag(
  entity: string | ReturnType<TextEncoder["encode"]>,
  options?: ETagOptions,
): Promise<string>;
export function eTag(
  entity: FileInfo,
  options?: ETagOptions,
): Promise<string | undefined>;

export function ifMatch(
  value: string | null,
  etag: string | undefined,
): boolean;

export function ifNoneMatch(
  value: string | null,
  etag: string | undefined,
): boolean;
