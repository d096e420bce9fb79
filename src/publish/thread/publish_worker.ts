/**
 * The thread that publishes channels at one place: takes steps by
 * {@linkcode PublishNote}s, and tells by {@linkcode PublishEvent}s what becomes
 * of them.
 *
 * @module
 */

import {
  EventService,
  type EventTask,
} from "../../system/worker/event_service.ts";
import type { Outbox } from "../../system/worker/outbox.ts";
import { sentError } from "../../system/worker/sent_error.ts";
import { serveThread } from "../../system/worker/worker_service.ts";
import { openPublisher } from "./open_publisher.ts";
import {
  PUBLISH_THREAD,
  type PublishCounts,
  type PublishEvent,
  type PublishNote,
  type PublishTask,
  stepBytes,
} from "./publish_messages.ts";
import type { Publisher, PublisherEvents, PublishStep } from "../publisher.ts";

/** Publishes at one place. */
class PublishRun implements EventTask<PublishTask, PublishEvent, PublishNote> {
  #publisher: Publisher | undefined;
  #outbox: Outbox<PublishEvent> | undefined;
  #counts = noCounts();
  /** Notes that came before the task. */
  readonly #early: PublishNote[] = [];
  readonly #closed = Promise.withResolvers<void>();

  async run(place: PublishTask, outbox: Outbox<PublishEvent>): Promise<void> {
    this.#outbox = outbox;
    this.#publisher = await openPublisher(place, this.#events(outbox));
    for (const note of this.#early.splice(0)) this.note(note);
    await this.#closed.promise;
    await this.#publisher.close();
  }

  /** The counts are told at the end of each batch. */
  closing(): PublishEvent | undefined {
    const counts = this.#counts;
    if (Object.values(counts).every((count) => count === 0)) return undefined;
    this.#counts = noCounts();
    return { type: "counts", counts };
  }

  note(note: PublishNote): void {
    if (this.#publisher === undefined) this.#early.push(note);
    else if (note.type === "close") this.#closed.resolve();
    else this.#publish(this.#publisher, note.channel, note.step);
  }

  async #publish(
    publisher: Publisher,
    channel: string,
    step: PublishStep,
  ): Promise<void> {
    const bytes = stepBytes(step);
    try {
      await publisher.publish(channel, step);
    } catch (error) {
      this.#outbox?.post({ type: "fault", error: sentError(error) });
    }
    this.#counts.released += bytes;
    this.#outbox?.wake();
  }

  #events(outbox: Outbox<PublishEvent>): PublisherEvents {
    return {
      onState: (state, message) =>
        outbox.post({ type: "state", state, message }),
      onStandby: (channel, standby, message) =>
        outbox.post({ type: "standby", channel, standby, message }),
      onViewers: (channel, viewers) =>
        outbox.post({ type: "viewers", channel, viewers }),
      onKeyframeWanted: (channel) => outbox.post({ type: "keyframe", channel }),
      onNeed: (channel, form, needed) =>
        outbox.post({ type: "need", channel, form, needed }),
      onPublished: (_channel, bytes) => {
        this.#counts.parts++;
        this.#counts.bytes += bytes;
      },
      onDropped: (_channel, count) => {
        this.#counts.dropped += count;
      },
    };
  }
}

function noCounts(): PublishCounts {
  return { released: 0, parts: 0, bytes: 0, dropped: 0 };
}

/** Makes the service of one thread. */
export function publishService(): EventService<
  PublishTask,
  PublishEvent,
  PublishNote
> {
  return new EventService(new PublishRun());
}

serveThread(PUBLISH_THREAD, publishService);
