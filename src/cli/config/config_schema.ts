import type { OptionRule } from "../options/option_rule.ts";
import { OPTIONS } from "../options/option_table.ts";
import {
  FILE_OPTIONS,
  INPUTS_KEY,
  NAME_KEY,
  SOURCE_KEY,
} from "./config_file.ts";

/** A JSON schema. */
export type Schema = { [key: string]: unknown };

/** Words that stand for true and false. */
const WORDS: readonly string[] = ["yes", "no", "on", "off"];

/** The JSON schema of configuration files, for editors and other programs. */
export function configSchema(): Schema {
  const own = propertiesOf(OPTIONS.filter(({ ofInput }) => ofInput === true));
  const source = {
    description: "INPUT, as on the command line: gifstream --help",
    type: "string",
    minLength: 1,
  };
  const options = { [SOURCE_KEY]: source, ...own };
  const input = objectOf(options, [SOURCE_KEY]);
  const name = {
    description: "the channel's name",
    type: "string",
    pattern: "^[A-Za-z0-9_-]{1,64}$",
  };
  const listed = objectOf({ [NAME_KEY]: name, ...options }, [SOURCE_KEY]);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "gifstream configuration",
    ...objectOf({
      [INPUTS_KEY]: {
        description: "the channels: of each its source, and its own options",
        anyOf: [
          {
            type: "object",
            minProperties: 1,
            propertyNames: { pattern: name.pattern },
            additionalProperties: { anyOf: [source, input] },
          },
          {
            type: "array",
            minItems: 1,
            items: { anyOf: [source, listed] },
          },
        ],
      },
      ...propertiesOf(FILE_OPTIONS),
    }, []),
  };
}

function objectOf(properties: Schema, required: readonly string[]): Schema {
  return { type: "object", properties, required, additionalProperties: false };
}

function propertiesOf(rules: readonly OptionRule[]): Schema {
  return Object.fromEntries(rules.map((rule) => [rule.name, schemaOf(rule)]));
}

function schemaOf(rule: OptionRule): Schema {
  const { help, default: text } = rule;
  const one = typeOf(rule);
  const several = { type: "array", items: one };
  return {
    description: help.join(" "),
    ...rule.isList ? { anyOf: [one, several] } : one,
    ...text === undefined ? {} : { default: rule.number ? Number(text) : text },
  };
}

function typeOf({ value, number, choices }: OptionRule): Schema {
  if (value === undefined) return { enum: [true, false, ...WORDS] };
  if (choices !== undefined) {
    // YAML has numbers where these stand without quotes.
    const numbers = choices.map(Number).filter((each) => !isNaN(each));
    return { enum: [...choices, ...numbers] };
  }
  if (number === undefined) return { type: ["string", "number"] };
  const { min, max, integer } = number;
  const type = integer ? "integer" : "number";
  return { type, minimum: min, maximum: max };
}
