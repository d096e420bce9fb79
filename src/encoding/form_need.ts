import type { FollowedNeed } from "./frame_source.ts";

/** Tells followers if a form of the pictures is needed. */
export class FormNeed implements FollowedNeed {
  readonly #followers = new Set<(needed: boolean) => void>();
  #needed = false;

  /** True while the form is needed. */
  get needed(): boolean {
    return this.#needed;
  }

  /** True if anybody is told of changes. */
  get isFollowed(): boolean {
    return this.#followers.size > 0;
  }

  /** Calls back at each change; returns a function to stop following. */
  readonly follow: FollowedNeed["follow"] = (onChange) => {
    this.#followers.add(onChange);
    return () => this.#followers.delete(onChange);
  };

  /** Says if the form is needed from now on. */
  set(needed: boolean): void {
    if (this.#needed === needed) return;
    this.#needed = needed;
    for (const follower of this.#followers) follower(needed);
  }

  /** Tells nobody any more. */
  close(): void {
    this.#followers.clear();
  }
}
