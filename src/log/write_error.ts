import { inspect } from "../system/error_stack.ts";
import { LogQueue } from "./log_queue.ts";

let queue: LogQueue | undefined;

/**
 * Writes to standard error as `console.error` does, but never waits for its
 * reader: all viewers would wait, too.
 */
export function writeError(...words: unknown[]): void {
  // Other runtimes than Deno have only the console.
  if (!("Deno" in globalThis)) return console.error(...words);
  queue ??= new LogQueue({
    write: (bytes) => Deno.stderr.write(bytes),
    droppedLine: (lines) => `gifstream: lines that were dropped: ${lines}\n`,
  });
  const shown = words.map((word) =>
    typeof word === "string" ? word : inspect(word)
  );
  queue.push(`${shown.join(" ")}\n`);
}
