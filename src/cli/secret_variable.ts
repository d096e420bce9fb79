/** A secret in the environment: it, or why there is none that can be used. */
export interface SecretVariable {
  /** Undefined: the variable is not set, or there is a problem. */
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

const PERMISSION = `--allow-env=${VIEWER_VARIABLE},${INGEST_VARIABLE}`;

/**
 * Reads a variable that programs started from here are not to have. Nobody is
 * asked for permission.
 *
 * @param name Its name.
 * @param option The option that names a file instead.
 */
export function takeVariable(name: string, option: string): SecretVariable {
  const { state } = Deno.permissions.querySync({ name: "env", variable: name });
  if (state !== "granted") {
    const problem = `Cannot look for ${name} in the environment: run Deno ` +
      `with ${PERMISSION}, or give --${option} FILE`;
    return { problem, hidden: true };
  }
  const { value, found } = readVariable(name);
  Deno.env.delete(name);
  if (found === undefined) return { value, hidden: false };
  const problem =
    `Cannot use ${name}: expected ${found}; unset it for no token`;
  return { problem, hidden: false };
}

function readVariable(name: string): { value?: string; found?: string } {
  try {
    const value = Deno.env.get(name);
    return value === "" ? { found: "a token, found nothing" } : { value };
  } catch (error) {
    // Its message has the value.
    if (!(error instanceof Deno.errors.InvalidData)) throw error;
    return { found: "UTF-8, found other bytes" };
  }
}

/** @throws {Error} If there is a problem with it. */
export function valueOf(
  { value, problem }: SecretVariable,
): string | undefined {
  if (problem !== undefined) throw new Error(problem);
  return value;
}
