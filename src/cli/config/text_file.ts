/**
 * The text of a file, as editors of any system write it: it may begin with a
 * byte order mark, and be UTF-16 then.
 */
export function decodedText(bytes: Uint8Array): string {
  const mark = bytes[0] << 8 | bytes[1];
  const encoding = mark === 0xfffe
    ? "utf-16le"
    : mark === 0xfeff
    ? "utf-16be"
    : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
