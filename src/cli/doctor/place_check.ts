import { deadline } from "@std/async/deadline";
import { withoutChannel } from "../../source/redis/redis_address.ts";
import { parseAddress, shownInput } from "../../source/secrets/shown_input.ts";
import { errorMessage } from "../../system/error_message.ts";
import { loadModule } from "../../system/load_module.ts";
import type { PlannedInput } from "../lineup/planned_input.ts";
import type { CliOptions } from "../options/options.ts";
import { type Finding, Findings, isGranted } from "./finding.ts";

/** Time for another machine to answer. */
const ANSWER_MILLISECONDS = 3000;

/** Redis and nginx, which are to be read or published at. */
export async function placeCheck(
  { publish, redisCa }: CliOptions,
  inputs: readonly PlannedInput[],
): Promise<Finding[]> {
  const read = inputs.filter(({ kind }) => kind === "redis" || kind === "edge")
    .map(({ input }) => withoutChannel(input));
  const written = publish.filter(({ kind }) => kind === "redis")
    .map(({ address }) => address);
  const nginx = publish.filter(({ kind }) => kind === "nginx")
    .map(({ address }) => address);
  if (read.length + publish.length === 0 || !isGranted({ name: "net" })) {
    return [];
  }
  const all: Promise<Finding[]>[] = nginx.map(nginxCheck);
  const redis = [...new Set([...read, ...written])];
  if (redis.length > 0) {
    const { redisCheck } = await loadModule(() => import("./redis_check.ts"));
    for (const address of redis) {
      all.push(redisCheck(address, redisCa, written.includes(address)));
    }
  }
  return (await Promise.all(all)).flat();
}

/** If anything listens there; what it takes shows when something is sent. */
async function nginxCheck(address: string): Promise<Finding[]> {
  const found = new Findings("nginx");
  const shown = shownInput(address);
  const url = URL.parse(address.replaceAll("{channel}", "cam"));
  const hostname = url?.hostname ?? parseAddress(address)?.host ?? "";
  const port = Number(url?.port) || (url?.protocol === "https:" ? 443 : 80);
  try {
    const opening = Deno.connect({ hostname, port });
    const connection = await deadline(opening, ANSWER_MILLISECONDS);
    connection.close();
    found.ok(`${shown} listens`);
  } catch (error) {
    found.error(
      `${shown} cannot be reached: ${errorMessage(error)}`,
      "start nginx there (docs/nginx/nchan.conf), or give another --publish",
    );
  }
  return found.all;
}
