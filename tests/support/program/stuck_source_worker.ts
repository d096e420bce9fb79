/**
 * A source for tests whose thread is stuck, or breaks down.
 *
 * @module
 */

import type { SourceModule } from "../../../src/cli/source/source_thread.ts";
import { EventService } from "../../../src/system/worker/event_service.ts";
import { serveThread } from "../../../src/system/worker/worker_service.ts";
import { spin } from "../spin.ts";

const STUCK_THREAD = "stuck source";

function stuck() {
  return new EventService({
    async run(): Promise<void> {
      spin();
      await new Promise(() => {});
    },
  });
}

/** The module of this service. */
export const STUCK_SOURCE: SourceModule = {
  name: STUCK_THREAD,
  task: "play input",
  url: () => new URL(import.meta.url),
  load: () => Promise.reject(new Error("it would hold up the test")),
};

serveThread(STUCK_THREAD, stuck);
