import type { ChannelStatus } from "../../../channel/channel_status.ts";

/** A status, or those of its fields that have changed. */
type Change<S> = Partial<S> & { name: string };

/** The state of the channels as viewers know it, with all fields or some. */
export class ToldStatuses<S extends { name: string } = ChannelStatus> {
  readonly #told = new Map<string, S>();

  /** All that they know. */
  get all(): readonly S[] {
    return [...this.#told.values()];
  }

  /** Takes note of the state; returns what is new of it. */
  changesTo(statuses: Iterable<S>): Change<S>[] {
    const changes: Change<S>[] = [];
    for (const status of statuses) {
      const change = difference(this.#told.get(status.name), status);
      this.#told.set(status.name, status);
      if (change !== undefined) changes.push(change);
    }
    return changes;
  }

  /** A channel has gone. */
  delete(name: string): void {
    this.#told.delete(name);
  }
}

/** The fields that differ; undefined if none does. */
function difference<S extends { name: string }>(
  before: S | undefined,
  now: S,
): Change<S> | undefined {
  if (before === undefined) return now;
  const fields = Object.entries(now).filter(([field, value]) =>
    JSON.stringify(value) !==
      JSON.stringify(before[field as keyof S])
  );
  if (fields.length === 0) return undefined;
  return { ...Object.fromEntries(fields) as Partial<S>, name: now.name };
}
