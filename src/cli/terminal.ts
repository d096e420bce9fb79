import { Report } from "./report.ts";

const DEFAULT_COLUMNS = 80;

/**
 * A report to whoever started the program, or to a log.
 *
 * @param hide Frees a message of what must not be shown.
 */
export function terminalReport(
  format: "text" | "json",
  hide: (text: string) => string,
): Report {
  const terminal = format === "text" && Deno.stderr.isTerminal();
  return new Report({
    format,
    terminal,
    statusMilliseconds: terminal ? 1000 : 10_000,
    columns: terminalColumns,
    write: writeToStderr,
    hide,
  });
}

/** A terminal that was closed, or never told its size, has none. */
function terminalColumns(): number {
  try {
    return Deno.consoleSize().columns || DEFAULT_COLUMNS;
  } catch {
    return DEFAULT_COLUMNS;
  }
}

function writeToStderr(text: string): void {
  const bytes = new TextEncoder().encode(text);
  try {
    for (let at = 0; at < bytes.length;) {
      at += Deno.stderr.writeSync(bytes.subarray(at));
    }
  } catch {
    // Who read it has gone, or its disk is full: nobody is left to tell, and
    // the viewers are not to suffer for it.
  }
}
