import { closestString } from "@std/text/closest-string";
import { levenshteinDistance } from "@std/text/levenshtein-distance";
import { ACCESS } from "../options/access_table.ts";
import { OPTIONS } from "../options/option_table.ts";
import { UsageError } from "../options/usage_error.ts";
import { INGEST_VARIABLE } from "./secret_variable.ts";
import {
  INPUTS_VARIABLE,
  VARIABLE_PREFIX,
  variableOf,
} from "./variable_names.ts";

/**
 * Kubernetes sets such variables in every container, for each service whose
 * name begins like the program's.
 */
const OF_KUBERNETES =
  /^GIFSTREAM_(\w+_)?(SERVICE_(HOST|PORT(_\w+)?)|PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$/;
/** Most letters by which a name differs that was meant to guard something. */
const MAX_MISTAKES = 3;

const GUARDS = [
  ...ACCESS.options.map(({ name }) => variableOf(name)),
  INGEST_VARIABLE,
];

/**
 * Finds variables whose names begin like ours and stand for no option. Deno
 * must be allowed to read the whole environment, or none is found.
 *
 * @returns A warning of each.
 * @throws {UsageError} If one seems meant to guard something, which would be
 * open without it.
 */
export function unknownVariables(): string[] {
  const { state } = Deno.permissions.querySync({ name: "env" });
  if (state !== "granted") return [];
  const known = OPTIONS.filter(({ name, onlyHere }) =>
    !onlyHere || name === "config"
  ).map(({ name }) => variableOf(name)).concat(GUARDS, INPUTS_VARIABLE);
  return Object.keys(Deno.env.toObject())
    .filter((name) => name.startsWith(VARIABLE_PREFIX))
    .filter((name) => !known.includes(name) && !OF_KUBERNETES.test(name))
    .map((name) => warningOf(name, known));
}

function warningOf(name: string, known: readonly string[]): string {
  const option = OPTIONS.find((each) => variableOf(each.name) === name);
  if (option !== undefined) {
    return `Ignored the variable ${name}: only the command line has ` +
      `--${option.name}`;
  }
  const close = closestString(name, known);
  const guards = GUARDS.includes(close) &&
    levenshteinDistance(name, close) <= MAX_MISTAKES;
  const advice = `did you mean ${close}?`;
  if (guards) throw new UsageError(`No such variable: ${name}; ${advice}`);
  return `Ignored the variable ${name}, which stands for no option; ${advice}`;
}
