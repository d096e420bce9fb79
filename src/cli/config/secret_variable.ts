/** A secret in the environment, or the reason why it cannot be used. */
export interface SecretVariable {
  /** Undefined if the variable is not set, or cannot be used. */
  value?: string;
  /** Why it cannot be used, in words for the user. */
  problem?: string;
  /** True if Deno may not look at the variable. */
  hidden: boolean;
}

/** Variables that hold secrets. */
export const VIEWER_VARIABLE = "GIFSTREAM_VIEWER_TOKEN";
/** See {@linkcode VIEWER_VARIABLE}. */
export const INGEST_VARIABLE = "GIFSTREAM_TOKEN";

const PERMISSION = "--allow-env='GIFSTREAM_*'";

/**
 * Reads a variable and unsets it, so that child processes do not get it. Never
 * asks for permission.
 *
 * @param name Name of the variable.
 * @param option The option that names a file instead.
 */
export function takeVariable(name: string, option: string): SecretVariable {
  const { state } = Deno.permissions.querySync({ name: "env", variable: name });
  if (state !== "granted") {
    const problem = `Cannot read ${name} from the environment: run Deno ` +
      `with ${PERMISSION}, or give --${option} FILE`;
    return { problem, hidden: true };
  }
  const { value, found } = readVariable(name);
  Deno.env.delete(name);
  if (found === undefined) return { value, hidden: false };
  const problem =
    `Cannot use ${name}: expected ${found}; unset it to use no token`;
  return { problem, hidden: false };
}

function readVariable(name: string): { value?: string; found?: string } {
  try {
    // Files of variables with the line ends of Windows leave a part of them.
    const value = Deno.env.get(name)?.trim();
    return value === "" ? { found: "a token, found nothing" } : { value };
  } catch (error) {
    // The error's message contains the value.
    if (!(error instanceof Deno.errors.InvalidData)) throw error;
    return { found: "UTF-8, found other bytes" };
  }
}

/** @throws {Error} If the variable cannot be used. */
export function valueOf(
  { value, problem }: SecretVariable,
): string | undefined {
  if (problem !== undefined) throw new Error(problem);
  return value;
}
