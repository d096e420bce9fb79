import type { PublishedForm } from "../publisher.ts";

/** Time for which a need holds that is not told again. */
const NEED_MILLISECONDS = 5000;
const FORMS: readonly PublishedForm[] = ["gif", "jpeg", "pictures"];

/** The forms that edges need, each said again and again while it is so. */
export class EdgeNeeds {
  readonly #onNeed: (
    channel: string,
    form: PublishedForm,
    needed: boolean,
  ) => boolean;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  /** @param onNeed Called at each change; false: it is nobody's business. */
  constructor(
    onNeed: (channel: string, form: PublishedForm, needed: boolean) => boolean,
  ) {
    this.#onNeed = onNeed;
  }

  /** Takes a message of an edge: `CHANNEL FORM`. */
  take(message: string): void {
    const [channel, name] = message.slice(0, 100).split(" ");
    const form = FORMS.find((form) => form === name);
    if (form === undefined) return;
    const key = `${channel} ${form}`, timer = this.#timers.get(key);
    if (timer === undefined && !this.#onNeed(channel, form, true)) return;
    clearTimeout(timer);
    const end = () => {
      this.#timers.delete(key);
      this.#onNeed(channel, form, false);
    };
    this.#timers.set(key, setTimeout(end, NEED_MILLISECONDS));
  }

  /** Forgets all. */
  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
