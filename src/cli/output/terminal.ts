import { LogQueue } from "../../log/log_queue.ts";
import { Report } from "./report.ts";

const DEFAULT_COLUMNS = 80;

/**
 * A report on standard error: a terminal, or a log.
 *
 * @param hide Removes secrets from a message.
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

/** A closed terminal has no size, and some never report one. */
function terminalColumns(): number {
  try {
    return Deno.consoleSize().columns || DEFAULT_COLUMNS;
  } catch {
    return DEFAULT_COLUMNS;
  }
}
