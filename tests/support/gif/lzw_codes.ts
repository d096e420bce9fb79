/**
 * A second LZW encoder for tests: slow, plain, independent of the one under
 * test, and able to write what real encoders write and ours does not.
 *
 * @module
 */

/** Options of {@linkcode lzwCodes}. */
export interface CodesOptions {
  /** Begin with a clear code. @default {true} */
  clearFirst?: boolean;
  /** When to clear a full dictionary. @default {"never"} */
  clearWhenFull?: "at once" | "never" | number;
  /** Finish with an end code. @default {true} */
  endCode?: boolean;
}

/** The codes for the indices: what a textbook encoder would send. */
export function lzwCodes(
  indices: Iterable<number>,
  minimumCodeSize: number,
  options: CodesOptions = {},
): number[] {
  const { clearFirst = true, clearWhenFull = "never", endCode = true } =
    options;
  const clear = 1 << minimumCodeSize;
  const late = typeof clearWhenFull === "number" ? clearWhenFull : 0;
  const codes = clearFirst ? [clear] : [];
  const strings = new Map<string, number>();
  let next = clear + 2, full = 0, prefix = "", prefixCode = -1;
  for (const index of indices) {
    const string = `${prefix},${index}`;
    const code = prefix === "" ? index : strings.get(string);
    if (code !== undefined) {
      prefix = string;
      prefixCode = code;
      continue;
    }
    codes.push(prefixCode);
    if (next < 4096) strings.set(string, next++);
    else if (clearWhenFull !== "never" && full++ === late) {
      codes.push(clear);
      strings.clear();
      next = clear + 2;
      full = 0;
    }
    prefix = `,${index}`;
    prefixCode = index;
  }
  if (prefix !== "") codes.push(prefixCode);
  if (endCode) codes.push(clear + 1);
  return codes;
}

/** Image data with these codes, each as wide as a decoder expects it. */
export function packCodes(
  codes: number[],
  minimumCodeSize: number,
  subBlockBytes = 255,
): Uint8Array {
  const clear = 1 << minimumCodeSize;
  const bytes: number[] = [];
  let width = minimumCodeSize + 1, next = clear + 1, value = 0, used = 0;
  for (const code of codes) {
    value += code * 2 ** used;
    used += width;
    for (; used >= 8; used -= 8) {
      bytes.push(value % 256);
      value = Math.floor(value / 256);
    }
    if (code === clear) {
      width = minimumCodeSize + 1;
      next = clear + 1;
    } else if (next < 4096 && ++next >= 1 << width && width < 12) width++;
  }
  if (used > 0) bytes.push(value);
  const data = [minimumCodeSize];
  for (let at = 0; at < bytes.length; at += subBlockBytes) {
    const block = bytes.slice(at, at + subBlockBytes);
    data.push(block.length, ...block);
  }
  return Uint8Array.of(...data, 0);
}
