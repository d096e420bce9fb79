const MAX_LINES = 3;
const MAX_LINE_LENGTH = 300;

/**
 * The last lines that ffmpeg wrote, as one: what went wrong, in its words.
 *
 * @param stream Its standard error, which is read to the end.
 */
export async function lastWords(
  stream: ReadableStream<Uint8Array>,
): Promise<string> {
  let lines: string[] = [];
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split(/[\r\n]+/);
    // What exceeds a line's length is never shown.
    rest = parts.pop()!.slice(0, 2 * MAX_LINE_LENGTH);
    lines = [...lines, ...parts].filter(saysSomething).slice(-MAX_LINES);
  }
  return [...lines, rest].filter(saysSomething).slice(-MAX_LINES)
    .map(readable).join("; ");
}

/**
 * A text without the names and passwords that addresses in it hold.
 *
 * @example
 * ```ts ignore
 * withoutPasswords("rtsp://me:secret@host/1: refused"); // rtsp://host/1: ...
 * ```
 */
export function withoutPasswords(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/]*@/gi, "$1");
}

function saysSomething(line: string): boolean {
  return line.trim() !== "";
}

/** Without where in its memory ffmpeg keeps what the line is about. */
function readable(line: string): string {
  return withoutPasswords(line.trim().replace(/ @ 0x[0-9a-f]+\]/g, "]"))
    .slice(0, MAX_LINE_LENGTH);
}
