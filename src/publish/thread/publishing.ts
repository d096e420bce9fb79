import type { Channel } from "../../channel/channel.ts";
import type { Channels } from "../../channel/channels.ts";
import type { Faults } from "../../log/faults.ts";
import { PlacePublishing } from "./place_publishing.ts";
import type { PlaceStatus } from "../place_status.ts";
import type { PublishPlace } from "../publisher.ts";

/** Options of {@linkcode Publishing}. */
export interface PublishingOptions {
  channels: Channels;
  /** The places; each has a thread of its own. */
  places: readonly PublishPlace[];
  /** False for a channel that comes from such a place itself. */
  isPublished: (channel: Channel, place: PublishPlace) => boolean;
  faults: Faults;
  /** Called with one line of text about news. */
  onNotice: (message: string) => void;
  /** Called with one line of text about what is wrong. */
  onWarning: (message: string) => void;
}

/** Publishes channels at other places: Redis, nginx. */
export class Publishing {
  readonly #options: PublishingOptions;
  #places: PlacePublishing[] = [];
  #unfollow: (() => void) | undefined;

  /** Publishes nothing yet. */
  constructor(options: PublishingOptions) {
    this.#options = options;
  }

  /** Publishes all channels from now on, also those that are added later. */
  start(): void {
    const { channels, places, isPublished } = this.#options;
    this.#places = places.map((place) =>
      new PlacePublishing(place, this.#options)
    );
    const added = (channel: Channel) => {
      for (const [i, place] of this.#places.entries()) {
        if (isPublished(channel, places[i])) place.add(channel);
      }
    };
    this.#unfollow = channels.follow({
      added,
      removed: (channel) => {
        for (const place of this.#places) place.remove(channel);
      },
    });
    for (const channel of channels) added(channel);
  }

  /** The state of each place. */
  get status(): PlaceStatus[] {
    return this.#places.map(({ status }) => status);
  }

  /** Ends all publications, so that another process can go on with them. */
  async close(): Promise<void> {
    this.#unfollow?.();
    await Promise.all(this.#places.map((place) => place.close()));
  }
}
