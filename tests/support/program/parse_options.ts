import { readCommandLine } from "../../../src/cli/options/command_line.ts";
import { parseInput } from "../../../src/cli/options/named_input.ts";
import {
  type CliOptions,
  optionsOf,
} from "../../../src/cli/options/options.ts";

/** The options of a command line, without environment and files. */
export function parseOptions(
  args: readonly string[],
): CliOptions | "help" | "version" {
  const { shows, values, inputs } = readCommandLine(args);
  if (shows !== undefined) return shows;
  return optionsOf([{ values, inputs: inputs.map(parseInput) }]);
}
