import type { Channel } from "../../channel/channel.ts";
import type { Faults } from "../../log/faults.ts";
import { errorMessage } from "../../system/error_message.ts";
import type {
  EventBatch,
  EventRequest,
} from "../../system/worker/event_messages.ts";
import { EventThread } from "../../system/worker/event_thread.ts";
import { receivedError } from "../../system/worker/sent_error.ts";
import {
  type WorkerModule,
  workerModule,
} from "../../system/worker/worker_module.ts";
import { pause } from "../../timing/pause.ts";
import { ChannelPublication } from "./channel_publication.ts";
import {
  buffersOf,
  PUBLISH_THREAD,
  type PublishEvent,
  type PublishNote,
  type PublishTask,
  stepBytes,
} from "./publish_messages.ts";
import type { PlaceStatus, PublishState } from "../place_status.ts";
import type { PublishPlace, PublishStep } from "../publisher.ts";

/** Listeners of {@linkcode PlacePublishing}. */
export interface PlaceListeners {
  faults: Faults;
  onNotice: (message: string) => void;
  onWarning: (message: string) => void;
}

type PublishModule = WorkerModule<
  EventRequest<PublishTask>,
  EventBatch<PublishEvent>,
  PublishNote
>;

const PUBLISHERS: PublishModule = workerModule({
  name: PUBLISH_THREAD,
  task: "publish channels",
  url: () => new URL("./publish_worker.ts", import.meta.url),
  load: async () => {
    const { publishService } = await import("./publish_worker.ts");
    return publishService;
  },
});

/** Most memory of what waits for the thread, and in it. */
const MAX_WAITING_BYTES = 2 ** 25;
/** Channels with a gap go on when no more than this waits. */
const ROOM_BYTES = 2 ** 23;
/** Time between two signs of life of a channel. */
const SIGN_MILLISECONDS = 1000;
/** Pause before a thread that was lost is replaced. */
const RESTART_MILLISECONDS = 1000;
/** Time for the thread to write what waits. */
const CLOSING_MILLISECONDS = 1200;

/** Publishes channels at one place, by a thread of its own. */
export class PlacePublishing {
  readonly #place: PublishPlace;
  readonly #listeners: PlaceListeners;
  readonly #publications = new Map<Channel, ChannelPublication>();
  readonly #standby = new Set<string>();
  /** Viewers there, by the name of their channel. */
  readonly #viewers = new Map<string, number>();
  readonly #thread: EventThread<PublishTask, PublishEvent, PublishNote>;
  readonly #closing = new AbortController();
  readonly #done: Promise<void>;
  readonly #signs: ReturnType<typeof setInterval>;
  #state: PublishState = "connecting";
  #message: string | null = null;
  #waitingBytes = 0;
  #isFull = false;
  readonly #counts = { parts: 0, bytes: 0, dropped: 0 };

  /** Connects to the place; there are no channels yet. */
  constructor(place: PublishPlace, listeners: PlaceListeners) {
    this.#place = place;
    this.#listeners = listeners;
    this.#thread = new EventThread(PUBLISHERS);
    this.#done = this.#keepRunning();
    this.#signs = setInterval(() => {
      for (const publication of this.#publications.values()) {
        publication.tellSource();
      }
    }, SIGN_MILLISECONDS);
  }

  get status(): PlaceStatus {
    const { kind, shown } = this.#place;
    return {
      kind,
      address: shown,
      state: this.#state,
      message: this.#message,
      standby: [...this.#standby],
      viewers: kind === "nginx"
        ? [...this.#viewers.values()].reduce((sum, count) => sum + count, 0)
        : null,
      ...this.#counts,
      waitingBytes: this.#waitingBytes,
    };
  }

  /** Publishes a channel from now on. */
  add(channel: Channel): void {
    const { name } = channel;
    const publication = new ChannelPublication({
      channel,
      send: (step) => this.#send(name, step),
      onDropped: () => this.#counts.dropped++,
    });
    this.#publications.set(channel, publication);
    publication.open();
  }

  /** Ends the publication of a channel, if there is one. */
  remove(channel: Channel): void {
    this.#publications.get(channel)?.close(false);
    this.#publications.delete(channel);
    this.#standby.delete(channel.name);
    this.#viewers.delete(channel.name);
  }

  /** Ends all publications; resolves once that was written. */
  async close(): Promise<void> {
    clearInterval(this.#signs);
    for (const publication of this.#publications.values()) {
      publication.close(true);
    }
    this.#publications.clear();
    this.#closing.abort();
    this.#thread.tell({ type: "close" });
    const stop = () => this.#thread.stop(new Error("Publishing was closed"));
    const timer = setTimeout(stop, CLOSING_MILLISECONDS);
    await this.#done;
    clearTimeout(timer);
  }

  /** Sends a step; false if too much waits. */
  #send(channel: string, step: PublishStep): boolean {
    const bytes = stepBytes(step);
    const waiting = this.#waitingBytes + bytes;
    // Small steps have no part in the gap.
    if (buffersOf(step).length > 0 && this.#hasNoRoom(waiting)) return false;
    this.#waitingBytes = waiting;
    this.#thread.tell({ type: "step", channel, step }, buffersOf(step));
    return true;
  }

  #hasNoRoom(waiting: number): boolean {
    this.#isFull ||= waiting > MAX_WAITING_BYTES;
    return this.#isFull;
  }

  async #keepRunning(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      // What was sent while there was no thread is lost.
      this.#released(this.#waitingBytes);
      try {
        const batches = this.#thread.run(this.#place);
        const first = batches.next();
        for (const each of this.#publications.values()) each.open();
        for (let { value } = await first; value !== undefined;) {
          for (const event of value) this.#take(event);
          ({ value } = await batches.next());
        }
      } catch (error) {
        if (signal.aborted) return;
        this.#listeners.faults.note("worker", error);
        this.#set("failing", errorMessage(error));
      }
      await pause(RESTART_MILLISECONDS, signal);
    }
  }

  #take(event: PublishEvent): void {
    switch (event.type) {
      case "state":
        return this.#set(event.state, event.message);
      case "standby":
        return this.#setStandby(event.channel, event.standby, event.message);
      case "viewers": {
        // It may be of a channel that was removed meanwhile.
        const { channel, viewers } = event;
        if (this.#publicationOf(channel)) this.#viewers.set(channel, viewers);
        return;
      }
      case "keyframe":
        return this.#publicationOf(event.channel)?.wantKeyframe();
      case "need":
        return this.#publicationOf(event.channel)
          ?.need(event.form, event.needed);
      case "counts": {
        const { released, ...counts } = event.counts;
        this.#counts.parts += counts.parts;
        this.#counts.bytes += counts.bytes;
        this.#counts.dropped += counts.dropped;
        return this.#released(released);
      }
      case "fault":
        this.#listeners.faults.note("worker", receivedError(event.error));
    }
  }

  #publicationOf(name: string): ChannelPublication | undefined {
    for (const [channel, publication] of this.#publications) {
      if (channel.name === name) return publication;
    }
    return undefined;
  }

  #released(bytes: number): void {
    this.#waitingBytes -= bytes;
    if (!this.#isFull || this.#waitingBytes > ROOM_BYTES) return;
    this.#isFull = false;
    for (const publication of this.#publications.values()) publication.resume();
  }

  #set(state: PublishState, message: string | null): void {
    if (state === this.#state && message === this.#message) return;
    const { onNotice, onWarning } = this.#listeners;
    this.#state = state;
    this.#message = message;
    const { shown } = this.#place;
    if (state === "failing") {
      onWarning(`Cannot publish at ${shown}: ${message}`);
    } else if (state === "publishing") onNotice(`Publishing at ${shown}`);
  }

  #setStandby(name: string, standby: boolean, message: string | null): void {
    const { onNotice, onWarning } = this.#listeners;
    if (standby === this.#standby.has(name)) return;
    if (standby) this.#standby.add(name);
    else this.#standby.delete(name);
    const { shown } = this.#place;
    const line = message ?? `Publishing ${name} at ${shown}`;
    if (standby) onWarning(line);
    else onNotice(line);
  }
}
