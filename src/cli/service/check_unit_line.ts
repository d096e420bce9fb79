import {
  SECRET_FIELD,
  SECRET_PARAMETER,
} from "../../source/secrets/secret_words.ts";
import type { CommandLine } from "../options/command_line.ts";
import { OPTIONS } from "../options/option_table.ts";
import { parseInput } from "../options/named_input.ts";
import { UsageError } from "../options/usage_error.ts";

/** A user, and mostly a password, in an address anywhere in a text. */
const USER = /:\/\/\S*@/;

/**
 * Keeps passwords out of units: every user of a machine can read those, by
 * `systemctl cat` also where the file is closed.
 *
 * @throws {UsageError} If there is a password on the command line.
 */
export function checkUnitLine({ values, inputs }: CommandLine): void {
  const option = OPTIONS.find(({ name, isSecret }) => {
    const { texts } = values.get(name) ?? { texts: [] };
    return texts.some((text) => isSecret || hasPassword(text));
  });
  const at = inputs.findIndex((text) => hasPassword(parseInput(text).input));
  if (option === undefined && at < 0) return;
  const place = option === undefined
    ? `INPUT ${at + 1}`
    : `option --${option.name}`;
  throw new UsageError(
    "Cannot put a password into the unit of a service, which every user of " +
      `the machine can read: found one in ${place}; write it into a file for ` +
      "--config",
  );
}

function hasPassword(text: string): boolean {
  return [USER, SECRET_FIELD, SECRET_PARAMETER]
    .some((pattern) => text.search(pattern) >= 0);
}
