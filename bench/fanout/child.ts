/** A program of ours in a process of its own, which answers questions. */
export class Child {
  readonly #process: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #answers: AsyncGenerator<string>;

  private constructor(process: Deno.ChildProcess) {
    this.#process = process;
    this.#input = process.stdin.getWriter();
    this.#answers = lines(process.stdout);
  }

  /**
   * Starts a module of this folder.
   *
   * @param stack What ends the process.
   * @param module Its file name.
   * @param args Its arguments.
   */
  static start(
    stack: AsyncDisposableStack,
    module: string,
    args: string[] = [],
  ): Child {
    const command = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        "--unstable-net",
        import.meta.resolve(`./${module}`),
        ...args,
      ],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    });
    return new Child(spawn(stack, command, "SIGKILL"));
  }

  /** Its process. */
  get pid(): number {
    return this.#process.pid;
  }

  /** Sends a question and waits for the answer. */
  async ask<Answer>(question: unknown): Promise<Answer> {
    const line = new TextEncoder().encode(JSON.stringify(question) + "\n");
    await this.#input.write(line);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error("Cannot go on: a process of the benchmark ended");
    return JSON.parse(value);
  }
}

/**
 * Starts a process that ends when the stack is disposed of, at the latest.
 *
 * @throws {TypeError} If that has happened already.
 */
export function spawn(
  stack: AsyncDisposableStack,
  command: Deno.Command,
  endSignal: Deno.Signal,
): Deno.ChildProcess {
  if (stack.disposed) throw new TypeError("Cannot start a process: stopping");
  const process = command.spawn();
  stack.defer(async () => {
    try {
      process.kill(endSignal);
    } catch (error) {
      // It has ended by itself.
      if (!(error instanceof TypeError)) throw error;
    }
    await process.status;
  });
  return process;
}

/**
 * The other side: answers each question on standard input with a line on
 * standard output, and ends the process when the parent has gone.
 */
export async function answerParent<Question>(
  answer: (question: Question) => unknown,
): Promise<never> {
  for await (const line of lines(Deno.stdin.readable)) {
    console.log(JSON.stringify(await answer(JSON.parse(line)) ?? null));
  }
  Deno.exit(0);
}

async function* lines(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<string> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const bytes of stream) {
    const parts = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = parts.pop()!;
    yield* parts;
  }
}
