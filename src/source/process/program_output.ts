import { ChildProgram } from "./child_program.ts";

/** Bounds of {@linkcode programOutput}. */
export interface OutputBounds {
  /** Time after which the program is ended. */
  milliseconds: number;
  /** Most bytes of each of its outputs; the rest is not kept. */
  maxBytes: number;
}

/**
 * Reads what a program writes to standard output and standard error, as far as
 * the bounds go. At the end it does not run any more, whatever it does.
 *
 * @throws {Deno.errors.NotFound} If there is no such program.
 */
export async function programOutput(
  command: string,
  args: string[],
  { milliseconds, maxBytes }: OutputBounds,
): Promise<{ output: string; words: string }> {
  const program = await ChildProgram.start(command, args, {
    readWords: (stream) => beginning(stream, maxBytes),
  });
  const timer = setTimeout(() => program.stop(), milliseconds);
  try {
    const output = await beginning(program.stdout, maxBytes);
    program.stop();
    const { reason } = await program.end();
    return { output, words: reason };
  } finally {
    clearTimeout(timer);
  }
}

/** Reads no more than that: a program that writes on is ended by its pipe. */
async function beginning(
  stream: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "", bytes = 0;
  for await (const chunk of stream) {
    const taken = chunk.subarray(0, maxBytes - bytes);
    bytes += taken.length;
    text += decoder.decode(taken, { stream: true });
    if (bytes >= maxBytes) break;
  }
  return text;
}
