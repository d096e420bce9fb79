import type { Channels } from "../channel/channels.ts";
import { canSharePortByDeno } from "../http/deno/deno_server.ts";
import { answersAbout } from "../http/routing/answer_to.ts";
import {
  type HandlerOptions,
  settingsOf,
} from "../http/routing/handler_options.ts";
import {
  canServeByWorkers,
  serveByWorkers,
  type WorkersOptions,
  type WorkersServer,
} from "../http/workers/serve_by_workers.ts";
import type { ReachOptions } from "./options/access_options.ts";
import { UsageError } from "./options/usage_error.ts";

/** @throws {UsageError} If several workers cannot share a port here. */
export function checkWorkers({ workers, server }: ReachOptions): void {
  if (workers === 1) return;
  if (Deno.build.os !== "linux") {
    throw new UsageError(
      "Option --workers needs Linux, which hands the connections to a port " +
        `to several threads: this is ${Deno.build.os}`,
    );
  }
  if (server === "deno" && !canSharePortByDeno()) {
    throw new UsageError(
      "Option --workers needs Deno's option --unstable-net, as in deno run " +
        "--unstable-net; or --server node, which does without it",
    );
  }
  if (!canServeByWorkers()) {
    throw new UsageError(
      "Option --workers needs threads, for which Deno must be allowed to read " +
        "the files of gifstream: add --allow-read",
    );
  }
}

/** The place and the manner in which workers serve. */
type Place = Omit<WorkersOptions, "findAnswer" | "faults">;

/**
 * Serves channels by several workers.
 *
 * @throws {Error} If they cannot listen, as when another program does.
 */
export async function serveChannelsByWorkers(
  channels: Channels,
  handler: HandlerOptions,
  place: Place,
): Promise<WorkersServer> {
  const { hostname, port } = place;
  // Another gifstream that shares the port would get some of the connections.
  if (port !== 0) Deno.listen({ hostname, port }).close();
  const starting = { wanted: place.workers, listening: 0, lost: 0 };
  const running: { server?: WorkersServer } = {};
  const workersStatus = () => running.server?.workers ?? starting;
  const settings = settingsOf({ ...handler, workersStatus });
  const findAnswer = answersAbout(channels, settings);
  const { faults } = settings;
  running.server = await serveByWorkers({ ...place, findAnswer, faults });
  return running.server;
}
