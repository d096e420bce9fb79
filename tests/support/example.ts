/**
 * The examples, as their readers run them: with the command that stands in
 * their first comment, and no more permissions than that gives them.
 *
 * @module
 */

import { fromFileUrl, join } from "@std/path";
import { deno, runtimePath } from "./runtimes/runtime.ts";

const ROOT = fromFileUrl(new URL("../../", import.meta.url));

/** A server program that runs. `await using` ends it. */
export class Server implements AsyncDisposable {
  /** Its address, without a slash at its end. */
  readonly origin: string;
  readonly #process: Deno.ChildProcess;
  readonly #drained: Promise<unknown>;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;

  private constructor(
    process: Deno.ChildProcess,
    origin: string,
    drained: Promise<unknown>,
  ) {
    this.#process = process;
    this.origin = origin;
    this.#drained = drained;
    this.#input = process.stdin.getWriter();
  }

  /** Runs a command, and waits until it says where it listens. */
  static async start(command: string, args: string[]): Promise<Server> {
    const process = new Deno.Command(command, {
      args,
      cwd: ROOT,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
      env: { NO_COLOR: "1" },
    }).spawn();
    let text = "";
    const found = Promise.withResolvers<string>();
    const read = async (stream: ReadableStream<Uint8Array>) => {
      for await (const piece of stream.pipeThrough(new TextDecoderStream())) {
        text += piece;
        const [, origin] = text.match(/(http:\/\/127\.0\.0\.1:\d+)\//) ?? [];
        if (origin !== undefined) found.resolve(origin);
      }
    };
    const drained = Promise.all([read(process.stdout), read(process.stderr)]);
    drained.then(() =>
      found.reject(new Error(`It ended before it listened:\n${text}`))
    );
    return new Server(process, await found.promise, drained);
  }

  /** Types a line. */
  async type(line: string): Promise<void> {
    await this.write(new TextEncoder().encode(line + "\n"));
  }

  /** Gives it bytes on its standard input. */
  async write(bytes: Uint8Array): Promise<void> {
    await this.#input.write(bytes);
  }

  /** Ends it as Ctrl-C does; answers its exit code. */
  async interrupt(): Promise<number> {
    this.#process.kill("SIGINT");
    return (await this.#process.status).code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#process.kill("SIGKILL");
    } catch (error) {
      // It has ended already.
      if (!(error instanceof TypeError)) throw error;
    }
    await this.#process.status;
    await this.#drained;
    await this.#input.abort().catch(() => {});
  }
}

/**
 * Runs an example on a free port.
 *
 * @param name Its file, without `.ts`.
 * @param args What its command line has before the port.
 */
export async function startExample(
  name: string,
  ...args: string[]
): Promise<Server> {
  const file = `examples/${name}.ts`;
  const source = await Deno.readTextFile(join(ROOT, file));
  const [command] = source.replace(/\\\n \* +/g, "")
    .match(/deno run .*examples\/\w+\.ts/) ?? [""];
  const [, ...words] = command.split(" ");
  if (words.at(-1) !== file) throw new Error(`${file} tells no command`);
  return await Server.start(Deno.execPath(), [...words, ...args, "0"]);
}

/** Runs an example on a free port in Node 22, as a bundle. */
export async function startInNode(
  name: string,
  folder: string,
): Promise<Server> {
  const file = await bundleOf(name, folder);
  return await Server.start(await runtimePath("node22"), [file, "0"]);
}

/** Makes an example one file, as its comment says. */
export async function bundleOf(name: string, folder: string): Promise<string> {
  const file = join(folder, `${name}.mjs`);
  const source = join(ROOT, "examples", `${name}.ts`);
  await deno(["bundle", "--quiet", "-o", file, source]);
  return file;
}
