/**
 * The way that the pictures of a channel come: through channels of other
 * servers, each of which has an id. Answers tell it in `Via` (RFC 9110, 7.6.3),
 * so that no channel shows itself.
 */
export class ChannelRoute {
  /** A word that no other channel has, on any server. */
  readonly id: string = `gifstream-${crypto.randomUUID()}`;
  /** The ids of the channels before this one, the first one first. */
  upstream: readonly string[] = [];

  /** The value of `Via` in answers of the channel. */
  get via(): string {
    return [...this.upstream, this.id].map((id) => `1.1 ${id}`).join(", ");
  }
}
