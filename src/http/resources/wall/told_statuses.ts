import type { ChannelStatus } from "../../../channel/channel_status.ts";
import type { StatusChange } from "./wall_message.ts";

/** What the viewers of a wall know of the channels. */
export class ToldStatuses {
  readonly #told = new Map<string, ChannelStatus>();

  /** All that they know. */
  get all(): readonly ChannelStatus[] {
    return [...this.#told.values()];
  }

  /** Takes note of the state; returns what is new of it. */
  changesTo(statuses: Iterable<ChannelStatus>): StatusChange[] {
    const changes: StatusChange[] = [];
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
function difference(
  before: ChannelStatus | undefined,
  now: ChannelStatus,
): StatusChange | undefined {
  if (before === undefined) return now;
  const fields = Object.entries(now).filter(([field, value]) =>
    JSON.stringify(value) !==
      JSON.stringify(before[field as keyof ChannelStatus])
  );
  if (fields.length === 0) return undefined;
  return { name: now.name, ...Object.fromEntries(fields) };
}
