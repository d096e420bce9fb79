import type {
  Publisher,
  PublisherEvents,
  PublishPlace,
  PublishStep,
} from "../publisher.ts";
import { NchanChannel } from "./nchan_channel.ts";

/** Time to send what waits. */
const CLOSING_MILLISECONDS = 1000;

/** Publishes channels at nginx with Nchan, which serves their viewers. */
class NchanPublisher implements Publisher {
  readonly #place: PublishPlace;
  readonly #events: PublisherEvents;
  readonly #channels = new Map<string, NchanChannel>();
  /** Those that end. */
  readonly #ending = new Set<NchanChannel>();

  constructor(place: PublishPlace, events: PublisherEvents) {
    this.#place = place;
    this.#events = events;
  }

  async publish(name: string, step: PublishStep): Promise<void> {
    const channel = this.#channels.get(name) ?? this.#open(name);
    if (step.type === "end") this.#end(name, channel);
    await channel.take(step);
  }

  async close(): Promise<void> {
    const all = [...this.#channels.values(), ...this.#ending];
    const stop = () => {
      for (const channel of all) channel.stop();
    };
    const timer = setTimeout(stop, CLOSING_MILLISECONDS);
    await Promise.all([...this.#ending].map(({ done }) => done));
    clearTimeout(timer);
    stop();
  }

  #open(name: string): NchanChannel {
    const { address } = this.#place;
    const channel = new NchanChannel({
      name,
      address: address.replaceAll("{channel}", encodeURIComponent(name)),
      events: this.#events,
      onChange: () => this.#tell(),
    });
    this.#channels.set(name, channel);
    return channel;
  }

  async #end(name: string, channel: NchanChannel): Promise<void> {
    this.#channels.delete(name);
    this.#ending.add(channel);
    await channel.done;
    this.#ending.delete(channel);
  }

  #tell(): void {
    const channels = [...this.#channels.values()];
    const failing = channels.find(({ problem }) => problem !== null);
    if (failing !== undefined) {
      this.#events.onState("failing", failing.problem);
    } else if (channels.every(({ reached }) => reached)) {
      this.#events.onState("publishing", null);
    }
  }
}

/** Opens nginx as a place where channels are published. */
export function openNchanPublisher(
  place: PublishPlace,
  events: PublisherEvents,
): Publisher {
  return new NchanPublisher(place, events);
}
