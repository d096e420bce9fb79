import { OPTIONS } from "../options/option_table.ts";
import type { OptionRule } from "../options/option_rule.ts";
import { INPUT_WORDS, shortHelp } from "./words.ts";

/** The completions of fish: `gifstream --completions fish | source`. */
export function fishCompletions(): string {
  const inputs = INPUT_WORDS.join(" ");
  return [
    "# gifstream --completions fish",
    ...OPTIONS.map(lineOf),
    `complete -c gifstream -a '${inputs}'`,
  ].join("\n");
}

function lineOf(rule: OptionRule): string {
  const { name, value, choices, isPath } = rule;
  const values = value === undefined
    ? ""
    : choices !== undefined
    ? ` -x -a '${choices.join(" ")}'`
    : isPath
    ? " -r -F"
    : " -x";
  return `complete -c gifstream -l ${name}${values} -d '${shortHelp(rule)}'`;
}
