import type { ViewingOptions } from "../http/access/access.ts";
import { errorMessage } from "../system/error_message.ts";
import type { AccessOptions } from "./options/access_options.ts";
import { decodedText } from "./text_file.ts";
import {
  INGEST_VARIABLE,
  takeVariable,
  valueOf,
  VIEWER_VARIABLE,
} from "./secret_variable.ts";

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
 * @param takesFrames True if a channel takes frames that are sent.
 * @throws {Error} If a file or variable that is used cannot be read, or holds
 * no secret.
 */
export async function readSecrets(
  options: AccessOptions,
  takesFrames: boolean,
): Promise<Secrets> {
  const viewer = takeVariable(VIEWER_VARIABLE, "viewer-token-file");
  const ingest = takeVariable(INGEST_VARIABLE, "ingest-token-file");
  const basic = await readBasic(options.viewerBasicFile);
  const token = options.viewerToken ??
    await readSecret(options.viewerTokenFile) ??
    (basic !== undefined && viewer.hidden ? undefined : valueOf(viewer));
  const ingestToken = await readSecret(options.ingestTokenFile) ??
    (takesFrames ? valueOf(ingest) : ingest.value);
  const { allowOrigin, allowHost } = options;
  return { viewing: { token, basic, allowOrigin, allowHost }, ingestToken };
}

/**
 * The first line of a file that has anything, without blanks around it.
 *
 * @throws {Error} If the file cannot be read, or its first line is empty.
 */
export async function readSecret(
  path: string | undefined,
): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const lines = (await readFile(path)).split(/[\r\n]/);
  const line = lines.map((line) => line.trim()).find((line) => line !== "");
  if (line !== undefined) return line;
  throw new Error(`Cannot use ${path}: its first line is empty`);
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

async function readFile(path: string): Promise<string> {
  try {
    return decodedText(await Deno.readFile(path));
  } catch (error) {
    throw new Error(`Cannot read ${path}: ${errorMessage(error)}`, {
      cause: error,
    });
  }
}
