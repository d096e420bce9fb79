import { inspect } from "../system/error_stack.ts";
import { LogQueue } from "./log_queue.ts";

let queue: LogQueue | undefined;

/**
 * Writes to standard error what `console.error` would, but never waits for
 * who reads it, for whom all viewers would wait.
 */
export function writeError(...words: unknown[]): void {
  // There is no other way to write than the console's elsewhere.
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
