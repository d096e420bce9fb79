import { STATUS_CODE } from "@std/http/status";
import type { Answer } from "../answer/answer.ts";
import { internalError, plainText } from "../answer/plain_text.ts";
import { SocketAnswer } from "../answer/socket_answer.ts";
import type { FindAnswer } from "../routing/answer_to.ts";
import { orRefusal } from "../routing/refusal.ts";
import type { SendingSettings } from "../routing/respond.ts";
import { IncomingBodies, OutgoingBodies } from "./bodies.ts";
import type { Address } from "../sockets/system_sockets.ts";
import { OrderWriter } from "./orders.ts";
import { RemoteViewer, type ViewerLink } from "./remote_viewer.ts";
import type {
  OrdersTaken,
  SentAnswer,
  SentRequest,
  ServingEvent,
  ServingNote,
} from "./serving_messages.ts";

/** Longer bodies are sent as fast as their clients take them. */
const MAX_BODY_BYTES = 65536;

/** Events that a link takes. */
export type LinkEvent = Extract<
  ServingEvent,
  { type: "request" | "left" | "taken" | "more" | "stop" | "bytes" | "end" }
>;

/** Options of {@linkcode WorkerLink}. */
export interface WorkerLinkOptions {
  findAnswer: FindAnswer;
  settings: Pick<SendingSettings, "faults">;
  /** Sends a note to the thread; moves its buffers. */
  tell: (note: ServingNote, owned: ArrayBuffer[]) => void;
}

/**
 * The clients of one worker, on the main thread: finds the answers to their
 * requests, and is their viewers' connection to the channels.
 */
export class WorkerLink implements ViewerLink {
  readonly orders: OrderWriter;
  takenBatch: number = -1;
  waitingBytes: number = 0;
  /** Bytes of each batch that is not taken yet, oldest first. */
  readonly #bytesOfBatches = new Map<number, number>();
  readonly #options: WorkerLinkOptions;
  readonly #viewers = new Map<number, RemoteViewer>();
  /** Other ends of those who are being answered, as far as they are known. */
  readonly #clients = new Map<number, Address>();
  readonly #requestBodies: IncomingBodies;
  readonly #answerBodies: OutgoingBodies;
  #closed = false;

  /** Makes the link of a worker that has no clients yet. */
  constructor(options: WorkerLinkOptions) {
    this.#options = options;
    const { tell } = options;
    this.orders = new OrderWriter((batch, owned) => {
      let bytes = 0;
      for (const { length } of batch.chunks) bytes += length;
      this.#bytesOfBatches.set(batch.number, bytes);
      this.waitingBytes += bytes;
      tell({ type: "orders", batch }, owned);
    });
    this.#requestBodies = new IncomingBodies(tell);
    this.#answerBodies = new OutgoingBodies(
      tell,
      (id) => this.#clients.delete(id),
    );
  }

  /** The clients that are being answered now. */
  get clients(): Iterable<Address> {
    return this.#clients.values();
  }

  /** Number of its viewers. */
  get viewerCount(): number {
    return this.#viewers.size;
  }

  /** Takes an event of the thread. */
  take(event: LinkEvent): void {
    switch (event.type) {
      case "request":
        this.#answer(event.request);
        break;
      case "left":
        this.#leave(event.viewer);
        break;
      case "taken":
        this.#noteTaken(event);
        break;
      case "more":
      case "stop":
        this.#answerBodies.take(event);
        break;
      case "bytes":
      case "end":
        this.#requestBodies.take(event);
    }
  }

  forget(viewer: number): void {
    this.#viewers.delete(viewer);
    this.#clients.delete(viewer);
  }

  /** The thread is no more: neither are its clients. */
  close(): void {
    this.#closed = true;
    for (const id of [...this.#viewers.keys()]) this.#leave(id);
    this.#requestBodies.close("the connection was closed");
    this.#answerBodies.close();
  }

  #leave(id: number): void {
    const viewer = this.#viewers.get(id);
    this.forget(id);
    viewer?.leave();
  }

  #noteTaken({ batch, full, drained }: OrdersTaken): void {
    this.takenBatch = batch;
    for (const [number, bytes] of this.#bytesOfBatches) {
      if (number > batch) break;
      this.waitingBytes -= bytes;
      this.#bytesOfBatches.delete(number);
    }
    for (const id of full) this.#setFull(id, true);
    for (const id of drained) this.#setFull(id, false);
  }

  #setFull(id: number, isFull: boolean): void {
    const viewer = this.#viewers.get(id);
    if (viewer !== undefined) viewer.isFull = isFull;
  }

  async #answer(sent: SentRequest): Promise<void> {
    const { id, method, address, port } = sent;
    if (address !== undefined && port !== undefined) {
      this.#clients.set(id, { hostname: address, port });
    }
    const { findAnswer, settings } = this.#options;
    const request = this.#requestOf(sent);
    const answer = request === undefined
      ? plainText(STATUS_CODE.BadRequest, "This request cannot be read.")
      : await findAnswer(request, { address });
    if (this.#closed) return this.#refuse(answer);
    const response = orRefusal(settings, () => this.#begin(id, answer));
    if (response === undefined) return;
    const told = await this.#toldResponse(id, response, method === "HEAD");
    this.#tell(id, ...told);
  }

  /** Undefined for a method or address that `Request` refuses. */
  #requestOf(
    { id, method, url, headers, hasBody }: SentRequest,
  ): Request | undefined {
    const body = hasBody ? this.#requestBodies.receive(id) : null;
    try {
      return new Request(url, { method, headers, body });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      body?.cancel();
      return undefined;
    }
  }

  /** Begins a stream; a response is returned. */
  #begin(id: number, answer: Answer): Response | undefined {
    if (answer instanceof Response) return answer;
    const viewer = new RemoteViewer(this, id);
    this.#viewers.set(id, viewer);
    try {
      viewer.leave = answer.attach(viewer);
    } catch (error) {
      this.forget(id);
      throw error;
    }
    // It comes before all orders, which wait for the end of the turn.
    this.#tell(
      id,
      answer instanceof SocketAnswer
        ? { type: "socket" }
        : { type: "stream", headers: answer.headers },
    );
    return undefined;
  }

  #refuse(answer: Answer): void {
    if (answer instanceof Response) answer.body?.cancel().catch(() => {});
  }

  /** A response as it is told; its body goes along if it is not long. */
  async #toldResponse(
    id: number,
    response: Response,
    isHead: boolean,
  ): Promise<[SentAnswer, ArrayBuffer[]]> {
    const { status } = response, headers = [...response.headers];
    const type = "response";
    if (response.body === null) {
      return [{ type, status, headers, body: null }, []];
    }
    // Long files say their length; other bodies are made already.
    const length = Number(response.headers.get("content-length") ?? 0);
    if (isHead || length > MAX_BODY_BYTES) {
      this.#answerBodies.add(id, response.body);
      return [{ type, status, headers, body: "later" }, []];
    }
    try {
      const body = new Uint8Array(await response.arrayBuffer());
      return [{ type, status, headers, body }, [body.buffer]];
    } catch (error) {
      this.#options.settings.faults.note("request", error);
      return await this.#toldResponse(id, internalError(), isHead);
    }
  }

  #tell(id: number, answer: SentAnswer, owned: ArrayBuffer[] = []): void {
    const isDone = answer.type === "response" && answer.body !== "later";
    if (isDone) this.#clients.delete(id);
    if (!this.#closed) {
      this.#options.tell({ type: "answer", id, answer }, owned);
    }
  }
}
