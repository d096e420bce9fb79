import type { ViewingOptions } from "../http/access.ts";
import type { AccessOptions } from "./access_options.ts";
import { messageOf } from "./message.ts";

/** What viewers, and those who send frames, must know. */
export interface Secrets {
  viewing: ViewingOptions;
  /** Undefined: nobody may send. */
  ingestToken: string | undefined;
}

const VIEWER_VARIABLE = "GIFSTREAM_VIEWER_TOKEN";
const INGEST_VARIABLE = "GIFSTREAM_TOKEN";

/**
 * Reads the secrets from where the options say that they are.
 *
 * @throws {Error} If a file cannot be read, or has none.
 */
export async function readSecrets(options: AccessOptions): Promise<Secrets> {
  const fromEnvironment = {
    viewer: takeVariable(VIEWER_VARIABLE),
    ingest: takeVariable(INGEST_VARIABLE),
  };
  const viewerToken = options.viewerToken ??
    await readSecret(options.viewerTokenFile) ?? fromEnvironment.viewer;
  const basic = await readBasic(options.viewerBasicFile);
  const ingestToken = await readSecret(options.ingestTokenFile) ??
    fromEnvironment.ingest;
  const { allowOrigin } = options;
  return { viewing: { token: viewerToken, basic, allowOrigin }, ingestToken };
}

/** The first line of a file. */
async function readSecret(
  path: string | undefined,
): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const [line] = (await readFile(path)).split(/\r?\n/);
  if (line !== "") return line;
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
    return await Deno.readTextFile(path);
  } catch (error) {
    throw new Error(`Cannot read ${path}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** Reads a variable that programs started from here are not to have. */
function takeVariable(variable: string): string | undefined {
  // Who gave no permission has set none, and is not to be asked for one.
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  if (state !== "granted") return undefined;
  const value = Deno.env.get(variable);
  Deno.env.delete(variable);
  return value === "" ? undefined : value;
}
