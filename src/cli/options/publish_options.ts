import type { PublishPlace } from "../../publish/publisher.ts";
import { parseAddress, shownInput } from "../../source/secrets/shown_input.ts";
import type { GivenOptions } from "./access_options.ts";
import { UsageError } from "./usage_error.ts";

/** Options of publishing channels at other places. */
export interface PublishOptions {
  /** The places, each once. */
  publish: readonly PublishPlace[];
  /** The beginning of the names of all keys in Redis. */
  redisPrefix: string;
  /** A file of certificates that Redis' own may be signed by. */
  redisCaFile: string | undefined;
  /** Those certificates, once they are read. */
  redisCa?: string;
  /** A file of Redis' password. */
  redisPasswordFile: string | undefined;
}

/** The kind of a place, by the scheme of its address. */
const KINDS = new Map<string, PublishPlace["kind"]>([
  ["redis", "redis"],
  ["rediss", "redis"],
  ["http", "nginx"],
  ["https", "nginx"],
]);

/** In an address of nginx, the name of a channel. */
const CHANNEL = "{channel}";

/** Names of keys, which also stand in the braces of a cluster's hash tag. */
const PREFIX = /^[\w.:-]{1,64}$/;

/** @throws {UsageError} If a place is no address, or is given twice. */
export function publishOptions(
  { text, texts, place }: GivenOptions,
): PublishOptions {
  const redisPrefix = text("redis-prefix")!;
  if (!PREFIX.test(redisPrefix)) {
    throw new UsageError(
      `${place("redis-prefix")} takes 1 to 64 of A-Z, a-z, 0-9, _, ., : and ` +
        `-: ${redisPrefix}`,
    );
  }
  const addresses = texts("publish");
  const twice = addresses.find((one, i) => addresses.indexOf(one) < i);
  if (twice !== undefined) {
    throw new UsageError(
      `${place("publish")} is given twice for ${shownInput(twice)}`,
    );
  }
  return {
    publish: addresses.map((address) =>
      placeOf(address, redisPrefix, () => place("publish"))
    ),
    redisPrefix,
    redisCaFile: text("redis-ca"),
    redisPasswordFile: text("redis-password-file"),
  };
}

function placeOf(
  address: string,
  redisPrefix: string,
  place: () => string,
): PublishPlace {
  const parsed = parseAddress(address);
  const kind = KINDS.get(parsed?.scheme.toLowerCase() ?? "");
  const shown = shownInput(address);
  if (kind === undefined || !parsed?.host) {
    throw new UsageError(
      `${place()} takes an address such as redis://HOST or ` +
        `"http://HOST/pub?id={channel}": ${shown}`,
    );
  }
  if (kind === "nginx") checkNginx(address, shown, place);
  return { kind, address, shown, redisPrefix };
}

/** @throws {UsageError} If channels would be mixed up, or nothing is there. */
function checkNginx(address: string, shown: string, place: () => string): void {
  if (!address.includes(CHANNEL)) {
    throw new UsageError(
      `${place()} takes an address of nginx with ${CHANNEL}, which ` +
        `stands for the name of a channel: ${shown}`,
    );
  }
  if (URL.canParse(address.replaceAll(CHANNEL, "cam"))) return;
  throw new UsageError(`${place()} takes no such address: ${shown}`);
}
