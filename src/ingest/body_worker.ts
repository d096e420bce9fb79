/**
 * The thread that reads bodies: takes {@linkcode BodyNote}s with their bytes,
 * and tells by {@linkcode BodyEvent}s which frames they hold.
 *
 * @module
 */

import { IntakeError } from "../channel/intake.ts";
import { changesLook, DrawnGifs } from "../encoding/drawn_gifs.ts";
import { packEvents } from "../encoding/part_run.ts";
import { ownPicture, SourceParts } from "../encoding/source_parts.ts";
import { GifError } from "../gif/gif_error.ts";
import { PictureError, pictureFormat } from "../image/image_file.ts";
import { JpegChecker } from "../image/jpeg_checker.ts";
import {
  EventService,
  type EventTask,
} from "../system/worker/event_service.ts";
import type { Outbox } from "../system/worker/outbox.ts";
import { sentError } from "../system/worker/sent_error.ts";
import { serveThread } from "../system/worker/worker_service.ts";
import {
  BODY_THREAD,
  type BodyEvent,
  type BodyNote,
  type MadeFrame,
} from "./body_messages.ts";
import { type SentFrame, sentFrames } from "../source/sent_frames.ts";

/** Most warnings that are told between two answers. */
const MAX_WARNINGS = 16;

/** One body that is read. */
class Body {
  /** The bytes; more are asked for when all are read. */
  readonly bytes: ReadableStream<Uint8Array>;
  readonly #number: number;
  readonly #outbox: Outbox<BodyEvent>;
  #answered: PromiseWithResolvers<BodyNote> = Promise.withResolvers();
  readonly #checker: JpegChecker;
  #gifs: SourceParts | DrawnGifs | undefined;
  #closed = false;
  /** The latest warnings that are not told yet. */
  readonly #warnings: string[] = [];
  /** The number of warnings before those. */
  #unsaid = 0;

  constructor(
    number: number,
    outbox: Outbox<BodyEvent>,
    checker: JpegChecker,
  ) {
    this.#number = number;
    this.#checker = checker;
    this.#outbox = outbox;
    this.bytes = new ReadableStream({
      pull: async (controller) => {
        const answer = await this.#ask({ body: number, type: "more" });
        if (answer.type !== "bytes") controller.error(new Error("closed"));
        else if (answer.bytes !== undefined) controller.enqueue(answer.bytes);
        else controller.close();
      },
    }, { highWaterMark: 0 });
  }

  /** The main thread counts the bytes of a frame. */
  endFrame(): void {}

  /** Takes an answer; closing is one to any question. */
  note(note: BodyNote): void {
    if (note.type === "close") this.#closed = true;
    this.#answered.resolve(note);
  }

  /** Reads all frames. */
  async read(): Promise<void> {
    const body = this.#number;
    let hasNothing = false;
    const frames = sentFrames(
      this,
      (message) => this.#warn(message),
      () => hasNothing = true,
    );
    try {
      for await (const sent of frames) {
        if (this.#closed) return;
        const frame = await this.#made(sent);
        if (this.#closed) return;
        this.#tellWarnings();
        this.#outbox.post({ body, type: "frame", frame }, buffersOf(frame));
        await this.#outbox.room();
      }
      this.#tellWarnings();
      this.#outbox.post({ body, type: "end", hasNothing });
    } catch (error) {
      if (this.#closed) return;
      this.#tellWarnings();
      const problem = error instanceof IntakeError ? error.problem : undefined;
      const sent = { ...sentError(error), problem };
      this.#outbox.post({ body, type: "end", error: sent });
    }
  }

  /** There can be thousands in a chunk: only the last are told one by one. */
  #warn(message: string): void {
    this.#warnings.push(message);
    if (this.#warnings.length <= MAX_WARNINGS) return;
    this.#warnings.shift();
    this.#unsaid++;
  }

  #tellWarnings(): void {
    const body = this.#number;
    for (const message of this.#warnings.splice(0)) {
      const count = 1 + this.#unsaid;
      this.#unsaid = 0;
      this.#outbox.post({ body, type: "warning", message, count });
    }
  }

  async #made(sent: SentFrame): Promise<MadeFrame> {
    if ("picture" in sent) return checked(sent, this.#checker);
    const { gif, timestampMilliseconds } = sent;
    const frame = { frame: gif, timestampMilliseconds };
    if (this.#gifs === undefined) {
      const answer = await this.#ask({ body: this.#number, type: "enter" });
      if (answer.type !== "rules") return { refused: "closed" };
      const { parts, look } = answer.rules;
      this.#gifs = changesLook(look)
        ? new DrawnGifs(look)
        : new SourceParts(parts);
    }
    try {
      return this.#gifs instanceof DrawnGifs
        ? { drawn: this.#gifs.draw(frame) }
        : ownPicture(this.#gifs.of(frame));
    } catch (error) {
      if (!(error instanceof GifError)) throw error;
      return { refused: error.message };
    }
  }

  async #ask(question: BodyEvent): Promise<BodyNote> {
    if (this.#closed) return { body: this.#number, type: "close" };
    this.#answered = Promise.withResolvers();
    this.#tellWarnings();
    this.#outbox.post(question);
    return await this.#answered.promise;
  }
}

/** A picture, with its size if it is a JPEG that can be handed on. */
function checked(
  sent: Extract<SentFrame, { picture: unknown }>,
  checker: JpegChecker,
): MadeFrame {
  const picture = sent.picture.slice();
  if (pictureFormat(picture) !== "JPEG") return { ...sent, picture };
  try {
    return { ...sent, picture, ...checker.check(picture) };
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    return { refused: error.message };
  }
}

function buffersOf(frame: MadeFrame): ArrayBuffer[] {
  if ("refused" in frame) return [];
  const { buffer } = "part" in frame
    ? frame.part.bytes
    : "drawn" in frame
    ? frame.drawn.pixels
    : frame.picture;
  return [buffer as ArrayBuffer];
}

/** Reads the bodies that are sent to one channel. */
class BodyReading implements EventTask<true, BodyEvent, BodyNote> {
  readonly #bodies = new Map<number, Body>();
  /** One for all, since many senders send one picture a body. */
  readonly #checker = new JpegChecker();
  #outbox: Outbox<BodyEvent> | undefined;
  /** Notes that came before the task. */
  readonly #early: BodyNote[] = [];

  run(_task: true, outbox: Outbox<BodyEvent>): Promise<void> {
    this.#outbox = outbox;
    for (const note of this.#early.splice(0)) this.note(note);
    return new Promise(() => {});
  }

  pack(events: BodyEvent[]): BodyEvent[] {
    return packEvents(events, {
      partOf: (event) =>
        event.type === "frame" && "part" in event.frame
          ? event.frame
          : undefined,
      belongs: ({ body }, first) => body === first.body,
      packed: ({ body }, run) => ({ body, type: "frames", run }),
    });
  }

  note(note: BodyNote): void {
    const { body: number, type } = note;
    if (this.#outbox === undefined) this.#early.push(note);
    else if (type === "open") {
      const body = new Body(number, this.#outbox, this.#checker);
      this.#bodies.set(number, body);
      body.read();
    } else {
      this.#bodies.get(number)?.note(note);
      if (type === "close") this.#bodies.delete(number);
    }
  }
}

/** Makes the service of one thread. */
export function bodyService(): EventService<true, BodyEvent, BodyNote> {
  return new EventService(new BodyReading());
}

serveThread(BODY_THREAD, bodyService, { givesWay: true });
