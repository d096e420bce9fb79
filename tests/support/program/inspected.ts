/**
 * What stands in the memory of a running program, by the inspector of its main
 * thread.
 *
 * @module
 */

/** The inspector of a program that was started with `--inspect`. */
export class Inspected implements Disposable {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (message: Answer) => void>();
  #asked = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      const answer: Answer = JSON.parse(data);
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
  }

  /**
   * Looks into a program.
   *
   * @param place Host and port that it was started with: `--inspect=PLACE`.
   */
  static async open(place: string): Promise<Inspected> {
    const [{ webSocketDebuggerUrl }] =
      await (await fetch(`http://${place}/json`)).json();
    const socket = new WebSocket(webSocketDebuggerUrl);
    await new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve);
      socket.addEventListener("error", reject);
    });
    return new Inspected(socket);
  }

  /** Collects garbage, and counts what is left of a class. */
  async count(className: string): Promise<number> {
    const objectGroup = "count";
    const prototype = await this.#ask("Runtime.evaluate", {
      expression: `${className}.prototype`,
      objectGroup,
    });
    const { objects } = await this.#ask("Runtime.queryObjects", {
      prototypeObjectId: prototype.result.objectId,
      objectGroup,
    });
    const { result } = await this.#ask("Runtime.callFunctionOn", {
      objectId: objects.objectId,
      functionDeclaration: "function () { return this.length; }",
      returnByValue: true,
    });
    await this.#ask("Runtime.releaseObjectGroup", { objectGroup });
    return result.value;
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }

  // deno-lint-ignore no-explicit-any
  async #ask(method: string, params: object): Promise<any> {
    const id = ++this.#asked;
    this.#socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await new Promise<Answer>((resolve) =>
      this.#waiting.set(id, resolve)
    );
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  }
}

interface Answer {
  id: number;
  result?: unknown;
  error?: { message: string };
}
