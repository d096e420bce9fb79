import { LogQueue } from "../../log/log_queue.ts";
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
  const queue = new LogQueue({
    write: (bytes) => Deno.stderr.write(bytes),
    droppedLine: (lines) => report.droppedLine(lines),
  });
  const report: Report = new Report({
    format,
    terminal,
    statusMilliseconds: terminal ? 1000 : 10_000,
    columns: terminalColumns,
    write: (text) => queue.push(text),
    writeStatus: (lines) => queue.pushStatus(lines),
    drain: (milliseconds) => queue.drain(milliseconds),
    hide,
  });
  return report;
}

/** A terminal that was closed, or never told its size, has none. */
function terminalColumns(): number {
  try {
    return Deno.consoleSize().columns || DEFAULT_COLUMNS;
  } catch {
    return DEFAULT_COLUMNS;
  }
}
