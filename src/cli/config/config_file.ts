import { closestString } from "@std/text/closest-string";
import { nameProblem } from "../../channel/channel_name.ts";
import { errorMessage } from "../../system/error_message.ts";
import type { GivenValue, GivenValues } from "../options/given_values.ts";
import {
  checkedInput,
  type NamedInput,
  parseInput,
} from "../options/named_input.ts";
import type { OptionRule } from "../options/option_rule.ts";
import { OPTIONS } from "../options/option_table.ts";
import type { OptionPlace, PlacedInput } from "../options/options.ts";
import { UsageError } from "../options/usage_error.ts";
import { decodedText } from "./text_file.ts";
import { ConfigText, type ConfigValue, type Path } from "./config_text.ts";

/** The key of the inputs. */
export const INPUTS_KEY = "inputs";
/** The key of the INPUT of one of them. */
export const SOURCE_KEY = "source";
/** The key of the name of one in a list. */
export const NAME_KEY = "name";

/** Thousands of inputs; more would hold up the program while it is parsed. */
const MAX_BYTES = 256 * 1024;

type Mapping = { [key: string]: ConfigValue };

/** The options that a configuration file may have. */
export const FILE_OPTIONS: readonly OptionRule[] = OPTIONS.filter(
  ({ onlyHere }) => onlyHere !== true,
);

/**
 * Reads a configuration file. The values of its options are checked later,
 * with those of other places.
 *
 * @throws {UsageError} If it cannot be read, or has something that does not
 * belong there; the message has the line, and says what was expected.
 */
export async function readConfigFile(path: string): Promise<OptionPlace> {
  return configOf(path, await readText(path));
}

/** The options and inputs in the text of a file. */
export function configOf(path: string, content: string): OptionPlace {
  const text = new ConfigText(path, content);
  const { value } = text;
  if (!isMapping(value)) {
    const found = value === null ? "nothing" : kindOf(value);
    throw text.error([], `expected options, as port: 8080; found ${found}`);
  }
  const { [INPUTS_KEY]: inputs, ...options } = value;
  return {
    values: valuesOf(text, [], options, FILE_OPTIONS),
    inputs: INPUTS_KEY in value ? inputsOf(text, inputs) : [],
  };
}

async function readText(path: string): Promise<string> {
  try {
    using file = await Deno.open(path);
    const { isDirectory } = await file.stat();
    if (isDirectory) throw new Error("it is a folder");
    const bytes = new Uint8Array(MAX_BYTES + 1);
    let length = 0;
    while (length < bytes.length) {
      const read = await file.read(bytes.subarray(length));
      if (read === null) return decodedText(bytes.subarray(0, length));
      length += read;
    }
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${errorMessage(error)}`);
  }
  throw new UsageError(
    `Cannot read ${path}: expected at most ${MAX_BYTES} bytes, found more`,
  );
}

/** The values of options, all of which must be among those that there are. */
function valuesOf(
  text: ConfigText,
  path: Path,
  options: Mapping,
  rules: readonly OptionRule[],
): GivenValues {
  const values = new Map<string, GivenValue>();
  for (const [name, value] of Object.entries(options)) {
    const at = [...path, name];
    const rule = rules.find((each) => each.name === name);
    if (rule === undefined) throw text.error(at, problemOf(name, path, rules));
    values.set(name, {
      texts: textsOf(text, at, rule, value),
      // To find the line takes long.
      get place() {
        return `${text.place(at)}: ${name}`;
      },
      get origin() {
        return text.place(at);
      },
    });
  }
  return values;
}

function textsOf(
  text: ConfigText,
  at: Path,
  { name, value: example = "true", isList }: OptionRule,
  value: ConfigValue,
): string[] {
  const values = isList && Array.isArray(value) ? value : [value];
  return values.map((each) => {
    if (typeof each === "string" && each !== "") return each;
    const expected = isList ? `${example}, or a list` : example;
    throw text.error(
      at,
      `expected a value, as ${name}: ${expected}; found ${kindOf(each)}`,
    );
  });
}

/** Says why a key does not belong here. */
function problemOf(
  name: string,
  path: Path,
  rules: readonly OptionRule[],
): string {
  const known = OPTIONS.find((each) => each.name === name);
  if (known?.onlyHere) return `only the command line can have ${name}`;
  if (known !== undefined) {
    return `${name} counts for all inputs: expected it at the left margin, ` +
      "outside of inputs";
  }
  const keys = path.length > 0 ? [SOURCE_KEY] : [INPUTS_KEY];
  const names = [...rules.map((rule) => rule.name), ...keys];
  return `no such option: ${name}; did you mean ${closestString(name, names)}?`;
}

function inputsOf(text: ConfigText, value: ConfigValue): PlacedInput[] {
  const all = isMapping(value) || Array.isArray(value)
    ? Object.entries(value)
    : [];
  if (all.length === 0) {
    throw text.error(
      [INPUTS_KEY],
      "expected inputs, as door: rtsp://10.0.0.5/1 on a line of its own; " +
        `found ${kindOf(value)}`,
    );
  }
  return all.map(([key, input]) =>
    Array.isArray(value)
      ? listedInput(text, [INPUTS_KEY, Number(key)], input)
      : namedInput(text, [INPUTS_KEY, key], key, input)
  );
}

/** An input of a list: `NAME=INPUT`, or a mapping that may have a name. */
function listedInput(
  text: ConfigText,
  path: Path,
  value: ConfigValue,
): PlacedInput {
  if (typeof value === "string") {
    return checked(text, path, () => parseInput(value));
  }
  if (!isMapping(value)) throw noInput(text, path, value);
  const { [NAME_KEY]: name, ...rest } = value;
  if (name === undefined) return ownInput(text, path, rest);
  if (typeof name !== "string") throw noInput(text, path, name);
  return namedInput(text, path, name, rest);
}

function namedInput(
  text: ConfigText,
  path: Path,
  name: string,
  value: ConfigValue,
): PlacedInput {
  const problem = nameProblem(name);
  if (problem !== undefined) {
    throw text.error(path, `cannot name channel: ${problem}: ${name}`);
  }
  const input = isMapping(value)
    ? ownInput(text, path, value)
    : typeof value === "string" && value !== ""
    ? checked(text, path, () => ({ input: checkedInput(value) }))
    : undefined;
  if (input === undefined) throw noInput(text, path, value);
  return { name, ...input };
}

/** An input with options of its own. */
function ownInput(
  text: ConfigText,
  path: Path,
  { [SOURCE_KEY]: source, ...options }: Mapping,
): PlacedInput {
  const rules = OPTIONS.filter(({ ofInput }) => ofInput === true);
  // First: the source may be there, but mistyped.
  const given = valuesOf(text, path, options, rules);
  if (source === undefined) {
    throw text.error(path, `expected ${SOURCE_KEY}: INPUT, found none`);
  }
  const at = [...path, SOURCE_KEY];
  if (typeof source !== "string" || source === "") {
    throw noInput(text, at, source);
  }
  const input = checked(text, at, () => ({ input: checkedInput(source) }));
  return { ...input, given };
}

/** Adds the place to an error. */
function checked(
  text: ConfigText,
  path: Path,
  act: () => NamedInput,
): NamedInput {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw text.error(path, error.message);
  }
}

function noInput(text: ConfigText, path: Path, value: ConfigValue): UsageError {
  return text.error(
    path,
    "expected an INPUT, as rtsp://10.0.0.5/1, or options with " +
      `${SOURCE_KEY}: INPUT; found ${kindOf(value)}`,
  );
}

function isMapping(value: ConfigValue): value is Mapping {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function kindOf(value: ConfigValue): string {
  if (value === null || value === "") return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "string" ? "text" : "options";
}
