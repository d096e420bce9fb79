import { SecretWords } from "../../source/secrets/secret_words.ts";
import { shownInput } from "../../source/secrets/shown_input.ts";
import type { GivenValue } from "../options/given_values.ts";
import { OPTIONS } from "../options/option_table.ts";
import type { CliOptions, GivenInput } from "../options/options.ts";
import type { OptionRule } from "../options/option_rule.ts";
import {
  FILE_OPTIONS,
  INPUTS_KEY,
  NAME_KEY,
  SOURCE_KEY,
} from "./config_file.ts";

/** Stands for a secret. */
const HIDDEN = "(hidden)";
/** The option whose value is options of ffmpeg's. */
const FFMPEG_ARGUMENTS = "input-args";
/** Text that YAML takes for text as it stands. */
const PLAIN = /^[\w./+^-]([\w./+=*^$-]|:(?=[^\s:]))*$/;

/**
 * A configuration file of what counts, with the place where each value is
 * given, and without secrets.
 *
 * @param hide Removes secrets from a text.
 */
export function printedConfig(
  { given, inputs }: CliOptions,
  hide: (text: string) => string,
): string {
  const lines = FILE_OPTIONS.flatMap((rule) => {
    // Its inputs are below.
    if (rule.name === "input-file") return [];
    const value = given.get(rule.name) ?? defaultOf(rule);
    return value === undefined ? [] : [optionLine(rule, value, hide)];
  });
  const areNamed = inputs.every(({ name }) => name !== undefined);
  const entries = inputs.flatMap((input) =>
    areNamed ? namedLines(input, hide) : listedLines(input, hide)
  );
  const list = entries.length === 0 ? [] : [`${INPUTS_KEY}:`, ...entries];
  return [...lines, ...list].join("\n");
}

function namedLines(input: GivenInput, hide: (text: string) => string) {
  const head = `  ${input.name}:`;
  return [head, ...inputLines(input, hide).map((line) => `    ${line}`)];
}

function listedLines(input: GivenInput, hide: (text: string) => string) {
  const name = input.name === undefined
    ? []
    : [`${NAME_KEY}: ${scalar(input.name)}`];
  return [...name, ...inputLines(input, hide)]
    .map((line, i) => `${i === 0 ? "  - " : "    "}${line}`);
}

function inputLines(
  { input, own }: GivenInput,
  hide: (text: string) => string,
): string[] {
  const source = `${SOURCE_KEY}: ${scalar(shownInput(input))}`;
  if (own === undefined) return [source];
  const options = OPTIONS.flatMap((rule) => {
    const value = own.given.has(rule.name)
      ? own.options.given.get(rule.name)
      : undefined;
    return value === undefined ? [] : [optionLine(rule, value, hide)];
  });
  return [source, ...options];
}

function optionLine(
  { name, isList, isSecret, value: example }: OptionRule,
  { texts, origin }: GivenValue,
  hide: (text: string) => string,
): string {
  const shown = texts.map((text) => {
    if (isSecret) return HIDDEN;
    if (name === FFMPEG_ARGUMENTS) return withoutValues(text);
    return hide(isList ? shownInput(text) : text);
  });
  const value = isList
    ? `[${shown.map(scalar).join(", ")}]`
    : example === undefined
    ? shown[0]
    : scalar(shown[0]);
  return `${name}: ${value} # ${origin}`;
}

/** Options of ffmpeg's, of which many hold secrets. */
function withoutValues(text: string): string {
  return new SecretWords([], text.split(/\s+/)).hideAll(text);
}

function defaultOf({ default: text }: OptionRule): GivenValue | undefined {
  if (text === undefined) return undefined;
  return { texts: [text], place: "", origin: "default" };
}

function scalar(text: string): string {
  return PLAIN.test(text) && text !== "-" ? text : JSON.stringify(text);
}
