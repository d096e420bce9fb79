import { withResolvers } from "../../system/with_resolvers.ts";
import type { Answer } from "../answer/answer.ts";
import { SocketAnswer } from "../answer/socket_answer.ts";
import { StreamAnswer } from "../answer/stream_answer.ts";
import type { WatchedClient } from "../connection/client.ts";
import type { RequestOrigin } from "../routing/answer_to.ts";
import { IncomingBodies, OutgoingBodies } from "./bodies.ts";
import type { CarriedViewers } from "./carried_viewers.ts";
import type {
  SentAnswer,
  ServingEvent,
  ServingNote,
} from "./serving_messages.ts";

/** Sends an event to the main thread; moves its buffers. */
type TellEvent = (event: ServingEvent, owned?: ArrayBuffer[]) => void;

/** Notes about answers. */
type AnswerNote = Extract<
  ServingNote,
  { type: "answer" | "more" | "stop" | "bytes" | "end" }
>;

/** A request that the main thread answers. */
interface Asked {
  client: WatchedClient | undefined;
  answered: PromiseWithResolvers<Answer>;
}

/** Answers of the main thread to the requests of this one's clients. */
export class RemoteAnswers {
  readonly #tell: TellEvent;
  readonly #viewers: CarriedViewers;
  readonly #asked = new Map<number, Asked>();
  readonly #requestBodies: OutgoingBodies;
  readonly #answerBodies: IncomingBodies;
  #lastId = 0;

  /**
   * @param tell Sends an event to the main thread.
   * @param viewers Takes those whose answer is a stream.
   */
  constructor(tell: TellEvent, viewers: CarriedViewers) {
    this.#tell = tell;
    this.#viewers = viewers;
    this.#requestBodies = new OutgoingBodies(tell);
    this.#answerBodies = new IncomingBodies(tell);
  }

  /** Asks the main thread for the answer to a request. */
  find(
    request: Request,
    { address, port, client }: RequestOrigin = {},
  ): Promise<Answer> {
    const { method, url, body } = request, id = ++this.#lastId;
    const headers = [...request.headers], hasBody = body !== null;
    if (hasBody) this.#requestBodies.add(id, body);
    const answered = withResolvers<Answer>();
    this.#asked.set(id, { client, answered });
    const sent = { id, method, url, headers, hasBody, address, port };
    this.#tell({ type: "request", request: sent });
    return answered.promise;
  }

  /** Takes a note of the main thread. */
  take(note: AnswerNote): void {
    switch (note.type) {
      case "answer":
        this.#answer(note.id, note.answer);
        break;
      case "more":
      case "stop":
        this.#requestBodies.take(note);
        break;
      case "bytes":
      case "end":
        this.#answerBodies.take(note);
    }
  }

  #answer(id: number, answer: SentAnswer): void {
    const { client, answered } = this.#asked.get(id)!;
    this.#asked.delete(id);
    // At once: the next note may be for this viewer.
    answered.resolve(this.#received(id, answer, client));
  }

  #received(id: number, answer: SentAnswer, client?: WatchedClient): Answer {
    if (answer.type === "stream") {
      return new StreamAnswer(answer.headers, this.#viewers.add(id));
    }
    if (answer.type === "socket") {
      return new SocketAnswer(this.#viewers.add(id));
    }
    const { status, headers, body } = answer;
    const given = body === "later"
      ? this.#answerBodies.receive(id, client)
      : body;
    return new Response(given, { status, headers });
  }
}
