import type { CommandLine } from "../options/command_line.ts";
import {
  type GivenValue,
  type GivenValues,
  merged,
} from "../options/given_values.ts";
import { parseInput } from "../options/named_input.ts";
import { ruleOf, textValue } from "../options/option_values.ts";
import {
  type CliOptions,
  type OptionPlace,
  optionsOf,
} from "../options/options.ts";
import { withRedisFiles } from "./redis_files.ts";
import { readConfigFile } from "./config_file.ts";
import type { Environment } from "./environment.ts";
import { inputsOfFile } from "./input_file.ts";

/** All that the program is told, wherever that stands. */
export interface Settings {
  options: CliOptions;
  /** The path of the configuration file, if there is one. */
  file: string | undefined;
  /** All that may hold secrets: inputs, addresses, values of options. */
  texts: readonly string[];
}

/**
 * Brings together the configuration file, the environment and the command
 * line; a later one wins.
 *
 * @throws {UsageError} If a file cannot be read, or a value cannot be used.
 */
export async function readSettings(
  line: CommandLine,
  environment: Environment,
): Promise<Settings> {
  const config = line.values.get("config") ?? environment.config;
  const file = textValue(ruleOf("config"), config);
  const own: OptionPlace = {
    values: line.values,
    inputs: line.inputs.map(parseInput),
  };
  const places = await Promise.all(
    [
      ...file === undefined ? [] : [await readConfigFile(file)],
      { ...environment, values: withConfig(environment.values, config) },
      own,
    ].map(withInputFile),
  );
  const [first] = places;
  // The token itself stands in the environment, which wins.
  if (file !== undefined && environment.secrets.ingest.value !== undefined) {
    places[0] = {
      ...first,
      values: without(first.values, "ingest-token-file"),
    };
  }
  const options = await withRedisFiles(optionsOf(places));
  return { options, file, texts: textsOf(places, options) };
}

/** The path is one of the values, so that it can be told that there is one. */
function withConfig(
  values: GivenValues,
  config: GivenValue | undefined,
): GivenValues {
  if (config === undefined) return values;
  return merged(values, new Map([["config", config]]));
}

/** Adds the inputs of the file that a place names. */
async function withInputFile(place: OptionPlace): Promise<OptionPlace> {
  const given = place.values.get("input-file");
  const path = textValue(ruleOf("input-file"), given);
  if (path === undefined) return place;
  const more = (await inputsOfFile(path)).map(parseInput);
  return { ...place, inputs: [...place.inputs, ...more] };
}

function without(values: GivenValues, name: string): GivenValues {
  return new Map([...values].filter(([each]) => each !== name));
}

function textsOf(
  places: readonly OptionPlace[],
  { inputs, publish }: CliOptions,
): string[] {
  const given = places.flatMap(({ values, inputs }) => [
    values,
    ...inputs.flatMap(({ given }) => given ?? []),
  ]);
  return [
    ...given.flatMap((values) =>
      [...values.values()].flatMap(({ texts }) => texts)
    ),
    ...places.flatMap(({ inputs }) => inputs.map(({ input }) => input)),
    // With the password of Redis.
    ...inputs.map(({ input }) => input),
    ...publish.map(({ address }) => address),
  ];
}
