/**
 * The thread that publishes, until it is sent {@linkcode DEATH}: it breaks down
 * by that.
 *
 * @module
 */

import "../../../src/publish/thread/publish_worker.ts";

/** What ends it. */
export const DEATH = "to break down";

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent) => void;
};
const { onmessage } = scope;
scope.onmessage = (event) => {
  if (event.data === DEATH) throw new TypeError(DEATH);
  onmessage(event);
};
