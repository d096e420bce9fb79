import {
  isRedisAddress,
  withPassword,
} from "../../source/redis/redis_address.ts";
import { errorMessage } from "../../system/error_message.ts";
import type { CliOptions } from "../options/options.ts";
import { UsageError } from "../options/usage_error.ts";
import { readSecret } from "./secret_file.ts";

/**
 * The options with what the files for Redis hold: its password stands in each
 * address that has none.
 *
 * @throws {UsageError} If one cannot be read.
 */
export async function withRedisFiles(options: CliOptions): Promise<CliOptions> {
  const { redisCaFile, redisPasswordFile, inputs, publish } = options;
  try {
    const redisCa = redisCaFile === undefined
      ? undefined
      : await Deno.readTextFile(redisCaFile);
    const password = await readSecret(redisPasswordFile);
    const complete = (address: string) =>
      password !== undefined && isRedisAddress(address)
        ? withPassword(address, password)
        : address;
    return {
      ...options,
      redisCa,
      inputs: inputs.map((given) => ({
        ...given,
        input: complete(given.input),
        own: given.own &&
          { ...given.own, options: { ...given.own.options, redisCa } },
      })),
      publish: publish.map((place) => ({
        ...place,
        address: complete(place.address),
        redisCa,
      })),
    };
  } catch (error) {
    throw new UsageError(errorMessage(error));
  }
}
