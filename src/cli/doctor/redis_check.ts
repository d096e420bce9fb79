import { RedisConnection } from "../../redis/redis_connection.ts";
import { textOf, timeOf } from "../../redis/redis_reply.ts";
import { shownInput } from "../../source/secrets/shown_input.ts";
import { errorMessage } from "../../system/error_message.ts";
import { type Finding, Findings } from "./finding.ts";

/** The oldest version that trims a stream by the ages of entries. */
const OLDEST = 6.2;
/** More than anything takes that is not wrong. */
const MAX_SKEW_MILLISECONDS = 5000;

/**
 * One Redis: its version, its role, its memory and its clock.
 *
 * @param isWritten True if channels are published there.
 */
export async function redisCheck(
  address: string,
  ca: string | undefined,
  isWritten: boolean,
): Promise<Finding[]> {
  const found = new Findings("Redis");
  const shown = shownInput(address);
  let connection: RedisConnection;
  try {
    connection = await RedisConnection.open(address, { ca });
  } catch (error) {
    found.error(
      `${shown} cannot be reached: ${errorMessage(error)}`,
      "check its address, password (--redis-password-file) and, for " +
        "rediss://, its certificate (--redis-ca)",
    );
    return found.all;
  }
  try {
    await lookAt(connection, shown, isWritten, found);
  } catch (error) {
    found.error(
      `${shown} refuses: ${errorMessage(error)}`,
      "let this user read and write its keys (docs/scaling.md)",
    );
  } finally {
    connection.close();
  }
  return found.all;
}

async function lookAt(
  connection: RedisConnection,
  shown: string,
  isWritten: boolean,
  found: Findings,
): Promise<void> {
  const before = Date.now();
  const time = timeOf(await connection.command("TIME"));
  const skew = Math.round((before + Date.now()) / 2 - time);
  // An account of few rights may not ask it.
  const info = textOf(await connection.command("INFO").catch(() => "")) ?? "";
  const fact = (name: string) =>
    info.match(new RegExp(`^${name}:(.*?)\\r?$`, "m"))?.[1];
  const version = fact("redis_version");
  if (version !== undefined && parseFloat(version) < OLDEST) {
    found.error(`${shown} is version ${version}`, "use Redis 6.2 or newer");
  } else found.ok(`${shown} answers, version ${version ?? "unknown"}`);
  if (isWritten && fact("role") === "slave") {
    found.error(
      `${shown} is a replica, which takes no channels`,
      `publish at ${fact("master_host")}:${fact("master_port")}`,
    );
  }
  if (isWritten && fact("maxmemory") === "0") {
    found.warning(
      `${shown} has no bound for its memory`,
      "set maxmemory: each channel takes what --keep holds, and some 64 MB " +
        "at most",
    );
  }
  if (Math.abs(skew) <= MAX_SKEW_MILLISECONDS) return;
  const seconds = Math.round(Math.abs(skew) / 1000);
  found.warning(
    `the clock of ${shown} is ${seconds} s ${skew < 0 ? "ahead" : "behind"}`,
    "set both clocks by NTP; streams go on, but times in the log differ",
  );
}
