import type { GivenValue } from "../options/given_values.ts";
import { parseInput } from "../options/named_input.ts";
import { ACCESS } from "../options/access_table.ts";
import { OPTIONS } from "../options/option_table.ts";
import type { OptionPlace } from "../options/options.ts";
import { UsageError } from "../options/usage_error.ts";
import { unknownVariables } from "./unknown_variables.ts";
import { INPUTS_VARIABLE, variableOf } from "./variable_names.ts";
import {
  INGEST_VARIABLE,
  type SecretVariable,
  takeVariable,
  VIEWER_VARIABLE,
} from "./secret_variable.ts";

/** Options and secrets of the environment. */
export interface Environment extends OptionPlace {
  /** The path of a configuration file. */
  config: GivenValue | undefined;
  /** The variables that hold secrets. */
  secrets: SecretVariables;
  /** Of each variable that looks like one of ours and is none, a warning. */
  warnings: readonly string[];
}

/** The variables that hold secrets. */
export interface SecretVariables {
  viewer: SecretVariable;
  ingest: SecretVariable;
}

/** Kubernetes sets such variables for a service of the program's name. */
const SERVICE_ADDRESS = /^(tcp|udp|sctp):\/\//;

/**
 * Reads what the environment gives, and unsets it, so that child processes do
 * not get it. Variables that Deno may not read count as not set, but for those
 * of secrets.
 *
 * @throws {UsageError} If a variable cannot be used.
 */
export function readEnvironment(): Environment {
  const viewer = takeVariable(VIEWER_VARIABLE, "viewer-token-file");
  const ingest = takeVariable(INGEST_VARIABLE, "ingest-token-file");
  const values = new Map<string, GivenValue>();
  for (const { name, onlyHere, isList } of OPTIONS) {
    if (onlyHere) continue;
    const variable = variableOf(name);
    const text = variable === VIEWER_VARIABLE
      ? viewer.value
      : take(variable, name);
    if (text === undefined) continue;
    const texts = isList ? text.split(/\s+/) : [text];
    values.set(name, { texts, place: variable, origin: variable });
  }
  const config = variableOf("config");
  const path = take(config, "config");
  return {
    values,
    inputs: (take(INPUTS_VARIABLE, "inputs") ?? "").split(/[\r\n]+/)
      .map((line) => line.trim())
      .filter((line) => line !== "")
      .map(parseInput),
    config: path === undefined
      ? undefined
      : { texts: [path], place: config, origin: config },
    secrets: { viewer, ingest },
    // All others are unset by now.
    warnings: unknownVariables(),
  };
}

function take(variable: string, option: string): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  if (state !== "granted") return undefined;
  let text: string | undefined;
  try {
    text = Deno.env.get(variable)?.trim();
  } catch (error) {
    if (!(error instanceof Deno.errors.InvalidData)) throw error;
    throw new UsageError(
      `Cannot use ${variable}: expected UTF-8, found other bytes`,
    );
  }
  if (text === undefined) return undefined;
  Deno.env.delete(variable);
  if (text === "") return orNothing(variable, option);
  return SERVICE_ADDRESS.test(text) && option === "port" ? undefined : text;
}

/** An empty variable counts as not set, unless it might guard something. */
function orNothing(variable: string, option: string): undefined {
  if (!ACCESS.options.some(({ name }) => name === option)) return undefined;
  throw new UsageError(
    `Cannot use ${variable}: expected a value, found nothing`,
  );
}
