const MAX_LINES = 3;
const MAX_LINE_LENGTH = 300;

/**
 * The last lines that a program wrote, joined: what went wrong, in its words.
 *
 * @param stream Its standard error, which is read to the end.
 * @param hide Removes secrets from a line.
 */
export async function lastWords(
  stream: ReadableStream<Uint8Array>,
  hide: (text: string) => string,
): Promise<string> {
  let lines: string[] = [];
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split(/[\r\n]+/);
    // The rest of an overlong line is never shown.
    rest = parts.pop()!.slice(0, 2 * MAX_LINE_LENGTH);
    lines = [...lines, ...parts].filter(saysSomething).slice(-MAX_LINES);
  }
  return [...lines, rest].filter(saysSomething).slice(-MAX_LINES)
    .map((line) => readable(line, hide)).join("; ");
}

function saysSomething(line: string): boolean {
  return line.trim() !== "";
}

/** Removes secrets, and the memory addresses that ffmpeg prints. */
function readable(line: string, hide: (text: string) => string): string {
  return hide(line.trim().replace(/ @ 0x[0-9a-f]+\]/g, "]"))
    .slice(0, MAX_LINE_LENGTH);
}
