import { loadModule } from "../../system/load_module.ts";
import type {
  OpenPublisher,
  Publisher,
  PublisherEvents,
  PublishPlace,
} from "../publisher.ts";

/** Loads only what the place needs: libraries of others are large. */
const OPENERS: Partial<
  Record<PublishPlace["kind"], () => Promise<OpenPublisher>>
> = {
  redis: async () => {
    const { openRedisPublisher } = await loadModule(() =>
      import("../redis/redis_publisher.ts")
    );
    return openRedisPublisher;
  },
  nginx: async () => {
    const { openNchanPublisher } = await loadModule(() =>
      import("../nginx/nchan_publisher.ts")
    );
    return openNchanPublisher;
  },
};

/**
 * Opens a place of any kind.
 *
 * @throws {TypeError} If nothing publishes at places of this kind.
 */
export async function openPublisher(
  place: PublishPlace,
  events: PublisherEvents,
): Promise<Publisher> {
  const load = OPENERS[place.kind];
  if (load === undefined) {
    throw new TypeError(`Cannot publish: unknown kind of place: ${place.kind}`);
  }
  const open = await load();
  return open(place, events);
}
