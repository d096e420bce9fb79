import { CutOffError } from "../../channel/viewers/cut_off_error.ts";
import { errorMessage } from "../../system/error_message.ts";
import { withResolvers } from "../../system/with_resolvers.ts";
import type { WatchedClient } from "../connection/client.ts";

/** A message about the body of the request or answer of this number. */
export type BodyMessage =
  & { body: number }
  & (
    /** The next bytes are wanted. */
    | { type: "more" }
    /** The rest is not wanted. */
    | { type: "stop" }
    /** The answer to `more`. */
    | { type: "bytes"; bytes: Uint8Array<ArrayBuffer> }
    /** The answer to `more` if there are none: the end, or a failure. */
    | { type: "end"; failure?: string }
  );

/** Sends a message to the other thread; moves its buffers. */
export type TellBody = (message: BodyMessage, owned: ArrayBuffer[]) => void;

/** Bodies on their way to another thread, each as fast as that asks. */
export class OutgoingBodies {
  readonly #tell: TellBody;
  readonly #onEnd: (body: number) => void;
  readonly #readers = new Map<
    number,
    ReadableStreamDefaultReader<Uint8Array>
  >();

  /**
   * @param tell Sends a message to the other thread.
   * @param onEnd Called when a body has ended, or its rest is not wanted.
   */
  constructor(tell: TellBody, onEnd: (body: number) => void = () => {}) {
    this.#tell = tell;
    this.#onEnd = onEnd;
  }

  /** Lets the other thread ask for a body. */
  add(body: number, bytes: ReadableStream<Uint8Array>): void {
    this.#readers.set(body, bytes.getReader());
  }

  /** Takes a message of the other thread. */
  take({ body, type }: BodyMessage): void {
    if (type === "more") this.#read(body);
    else if (type === "stop") this.#cancel(body);
  }

  /** Cancels all: the other thread is no more. */
  close(): void {
    for (const body of [...this.#readers.keys()]) this.#cancel(body);
  }

  async #read(body: number): Promise<void> {
    try {
      const { value } = await this.#readers.get(body)?.read() ?? {};
      if (value === undefined) return this.#end(body);
      // A view would take its whole buffer along.
      const bytes = new Uint8Array(value);
      this.#tell({ body, type: "bytes", bytes }, [bytes.buffer]);
    } catch (error) {
      this.#end(body, errorMessage(error));
    }
  }

  #end(body: number, failure?: string): void {
    this.#readers.delete(body);
    this.#onEnd(body);
    this.#tell({ body, type: "end", failure }, []);
  }

  #cancel(body: number): void {
    // A body that has failed cannot be canceled, and need not be.
    this.#readers.get(body)?.cancel().catch(() => {});
    this.#readers.delete(body);
    this.#onEnd(body);
  }
}

/** A body that is being received. */
interface Receiving {
  controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
  /** Resolved when the bytes that were asked for have come. */
  asked: PromiseWithResolvers<void>;
  /** Stops watching the client. */
  forget: () => void;
}

/** Bodies on their way from another thread. */
export class IncomingBodies {
  readonly #tell: TellBody;
  readonly #receiving = new Map<number, Receiving>();

  constructor(tell: TellBody) {
    this.#tell = tell;
  }

  /**
   * Receives a body.
   *
   * @param body The number of its request.
   * @param client The client that it is for, if that can be watched.
   */
  receive(
    body: number,
    client?: WatchedClient,
  ): ReadableStream<Uint8Array<ArrayBuffer>> {
    return new ReadableStream({
      start: (controller) => {
        const cut = () => {
          this.#tell({ body, type: "stop" }, []);
          this.#fail(body, "Client cut off");
        };
        const forget = client?.watch({ cut, leave: cut }) ?? (() => {});
        const asked = withResolvers<void>();
        this.#receiving.set(body, { controller, asked, forget });
      },
      pull: async () => {
        const receiving = this.#receiving.get(body);
        if (receiving === undefined) return;
        receiving.asked = withResolvers();
        this.#tell({ body, type: "more" }, []);
        await receiving.asked.promise;
      },
      cancel: () => {
        this.#drop(body);
        this.#tell({ body, type: "stop" }, []);
      },
    }, { highWaterMark: 0 });
  }

  /** Takes a message of the other thread. */
  take(message: BodyMessage): void {
    const { body } = message, receiving = this.#receiving.get(body);
    if (receiving === undefined) return;
    if (message.type === "bytes") receiving.controller.enqueue(message.bytes);
    else if (message.type === "end") {
      if (message.failure !== undefined) this.#fail(body, message.failure);
      else this.#drop(body)?.controller.close();
    }
    receiving.asked.resolve();
  }

  /** Breaks all off: the other thread is no more. */
  close(reason: string): void {
    for (const body of [...this.#receiving.keys()]) this.#fail(body, reason);
  }

  #fail(body: number, reason: string): void {
    this.#drop(body)?.controller.error(new CutOffError(reason));
  }

  #drop(body: number): Receiving | undefined {
    const receiving = this.#receiving.get(body);
    this.#receiving.delete(body);
    receiving?.forget();
    receiving?.asked.resolve();
    return receiving;
  }
}
