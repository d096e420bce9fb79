import type { ViewingOptions } from "../http/access/access.ts";
import type { AccessOptions } from "./options/access_options.ts";
import { readSecret } from "./config/secret_file.ts";
import type { SecretVariables } from "./config/environment.ts";
import { valueOf } from "./config/secret_variable.ts";

/** The secrets of viewers and of senders. */
export interface Secrets {
  viewing: ViewingOptions;
  /** Undefined: nobody may send. */
  ingestToken: string | undefined;
}

/**
 * Reads the secrets from the options, their files or the environment. A
 * variable that Deno may not read could be set, so whatever it guards stays
 * closed.
 *
 * @param variables What the environment has.
 * @param takesFrames True if a channel takes frames that are sent.
 * @throws {Error} If a file or variable that is used cannot be read, or holds
 * no secret.
 */
export async function readSecrets(
  options: AccessOptions,
  { viewer, ingest }: SecretVariables,
  takesFrames: boolean,
): Promise<Secrets> {
  const basic = await readBasic(options.viewerBasicFile);
  const token = options.viewerToken ??
    await readSecret(options.viewerTokenFile) ??
    (basic !== undefined && viewer.hidden ? undefined : valueOf(viewer));
  const ingestToken = await readSecret(options.ingestTokenFile) ??
    (takesFrames ? valueOf(ingest) : ingest.value);
  const { allowOrigin, allowHost } = options;
  return { viewing: { token, basic, allowOrigin, allowHost }, ingestToken };
}

async function readBasic(
  path: string | undefined,
): Promise<{ user: string; password: string } | undefined> {
  const line = await readSecret(path);
  if (line === undefined) return undefined;
  const [, user, password] = line.match(/^([^:]*):(.+)$/) ?? [];
  if (password !== undefined) return { user, password };
  throw new Error(
    `Cannot use ${path}: expected USER:PASSWORD on its first line`,
  );
}
