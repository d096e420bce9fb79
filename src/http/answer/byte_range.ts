/** Bytes of a file, the first and the one after the last. */
export interface ByteRange {
  start: number;
  end: number;
}

const RANGE = /^bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i;

/**
 * Reads the `Range` header of a request (RFC 9110, 14.2).
 *
 * @param header Its value.
 * @param length Length of the file in bytes.
 * @returns The bytes; "none" if the file has none of them; undefined for all of
 * the file, as where several ranges are asked for, or something else.
 */
export function readRange(
  header: string | null,
  length: number,
): ByteRange | "none" | undefined {
  const [, first, last] = header?.match(RANGE) ?? [];
  if (first === undefined || first + last === "") return undefined;
  if (first === "") {
    const start = Math.max(0, length - Number(last));
    return start < length ? { start, end: length } : "none";
  }
  const start = Number(first);
  const end = last === "" ? length : Math.min(length, Number(last) + 1);
  if (last !== "" && Number(last) < start) return undefined;
  return start < length ? { start, end } : "none";
}
