import { OPTIONS } from "../options/option_table.ts";
import type { OptionRule } from "../options/option_rule.ts";
import { INPUT_WORDS, shortHelp } from "./words.ts";

/** The completions of zsh: a file `_gifstream` in a folder of `$fpath`. */
export function zshCompletions(): string {
  const specs = OPTIONS.map((rule) => `    '${specOf(rule)}'`).join(" \\\n");
  return `#compdef gifstream
_gifstream_inputs() {
  compadd -S '' -- ${INPUT_WORDS.map((word) => `'${word}'`).join(" ")}
  _files
}
_gifstream() {
  _arguments -s \\
${specs} \\
    '*:INPUT:_gifstream_inputs'
}
if [ "$funcstack[1]" = "_gifstream" ]; then
  _gifstream "$@"
else
  compdef _gifstream gifstream
fi`;
}

function specOf(rule: OptionRule): string {
  const { name, value, choices, isPath, isList } = rule;
  const several = isList ? "*" : "";
  const head = `${several}--${name}${value === undefined ? "" : "="}` +
    `[${shortHelp(rule)}]`;
  if (value === undefined) return head;
  const values = choices !== undefined
    ? `(${choices.join(" ")})`
    : isPath
    ? "_files"
    : " ";
  return `${head}:${value}:${values}`;
}
