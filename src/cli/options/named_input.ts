import { basename, dirname, extname } from "@std/path";
import { nameProblem } from "../../channel/channel_name.ts";
import { commandOf, programOf } from "../../source/command_input.ts";
import {
  type Address,
  isAlmostAddress,
  parseAddress,
  shownInput,
} from "../../source/secrets/shown_input.ts";
import { UsageError } from "./usage_error.ts";

/** A `[NAME=]INPUT` of the command line. */
export interface NamedInput {
  /** The given name, if there is one. */
  name?: string;
  /** Path, address or word: what goes on air. */
  input: string;
}

/** The INPUT that stands for the built-in test pattern. */
export const TEST_INPUT = "test:";
/** The INPUT that stands for standard input. */
export const STDIN_INPUT = "-";
/** The INPUT that stands for frames that are sent to the server. */
export const INGEST_INPUT = "ingest:";
/** Name of the channel of a single input without a name. */
export const ONLY_NAME = "live";

/** A possible name before `=`: neither a path nor a URL. */
const NAME_BEFORE = /^([^/\\:=]+)=(.*)$/s;
const MAX_NAME_LENGTH = 64;

/**
 * Reads `[NAME=]INPUT`. The INPUT may contain `=`, too; a path that begins with
 * `./` or `/` is never taken for a name.
 *
 * @throws {UsageError} If a channel cannot have that name; the message suggests
 * another. Also if the input is a mistyped address.
 */
export function parseInput(text: string): NamedInput {
  const match = text.match(NAME_BEFORE);
  if (match === null) return { input: checkedInput(text) };
  const [, name, input] = match;
  const problem = nameProblem(name);
  if (problem !== undefined) {
    if (isAlmostAddress(`${name}=`)) throw noAddress(text);
    const shown = shownInput(input);
    const better = usableName(name);
    throw new UsageError(
      `Cannot name channel: ${problem}: ${name}; try ${better}=${shown}, or ` +
        `./${name}=${shown} for a path that contains =`,
    );
  }
  if (input === "") {
    throw new UsageError(`Channel ${name} has no input: ${text}`);
  }
  return { name, input: checkedInput(input) };
}

/**
 * Refuses an empty input, and a mistyped address, which would be made a folder.
 *
 * @throws {UsageError} If it is one.
 */
export function checkedInput(input: string): string {
  if (input.trim() === "") {
    throw new UsageError(
      "An INPUT is empty: expected a folder, a file, an address or test:",
    );
  }
  if (isAlmostAddress(input)) throw noAddress(input);
  return input;
}

function noAddress(input: string): UsageError {
  return new UsageError(
    `Cannot play ${shownInput(input)}: expected an address such as ` +
      "rtsp://HOST, or a path that begins with ./",
  );
}

/**
 * Refuses one name for two inputs.
 *
 * @throws {UsageError} If two inputs share a name; the message shows both.
 */
export function checkNames(inputs: readonly NamedInput[]): void {
  const seen = new Map<string, NamedInput>();
  for (const given of inputs) {
    const { name, input } = given;
    if (name === undefined) continue;
    const other = seen.get(name);
    if (other !== undefined) {
      const taken = new Set(inputs.map((each) => each.name ?? ""));
      throw new UsageError(
        `Two inputs are named ${name}: ${shownInput(other.input)} and ` +
          `${shownInput(input)}; ` +
          `try ${numbered(name, taken)}=${shownInput(input)}`,
      );
    }
    seen.set(name, given);
  }
}

/**
 * Finds a name for each input without one: the name of its file or host, or, if
 * that is taken, with its folder or host in front, or a number at the end. A
 * single input is {@linkcode ONLY_NAME}.
 *
 * @param only True if there are no other inputs.
 * @returns The names, in the order of the inputs.
 */
export function nameInputs(
  inputs: readonly NamedInput[],
  only: boolean = inputs.length === 1,
): string[] {
  const taken = new Set(inputs.flatMap(({ name }) => name ?? []));
  return inputs.map(({ name, input }) => {
    if (name !== undefined) return name;
    if (only) return ONLY_NAME;
    const candidates = callings(input).map(usableName);
    const free = candidates.find((each) => !taken.has(each)) ??
      numbered(candidates[0], taken);
    taken.add(free);
    return free;
  });
}

/**
 * The title of a channel, as people see it.
 *
 * @param fallback The title of an input without a name.
 */
export function titleOf({ name, input }: NamedInput, fallback: string): string {
  if (name !== undefined) return name;
  if (input === TEST_INPUT) return "Test pattern";
  if (input === STDIN_INPUT) return "Standard input";
  if (input === INGEST_INPUT) return fallback;
  const command = commandOf(input);
  if (command !== undefined) return programOf(command);
  const address = parseAddress(input);
  // The folder may be ".", and resolving that needs permission.
  const title = address === undefined
    ? basename(shownInput(input)).replace(/[?#].*$/, "")
    : address.name ?? address.host ?? "";
  return /^[./\\]*$/.test(title) ? fallback : title.replace(/\.gif$/i, "");
}

/** The possible names of an input, best first. */
function callings(input: string): string[] {
  if (input === TEST_INPUT) return ["test"];
  if (input === STDIN_INPUT) return ["stdin"];
  if (input === INGEST_INPUT) return ["channel"];
  const command = commandOf(input);
  if (command !== undefined) return [programOf(command)];
  const address = parseAddress(input);
  if (address !== undefined) return callingsOfAddress(address);
  // The rest of an ffmpeg graph is options.
  const path = shownInput(input).replace(/^[a-z0-9]{2,}:([^=,;]*).*$/is, "$1");
  const own = withoutExtension(basename(path));
  const parent = basename(dirname(path));
  return /^[./\\]*$/.test(parent) ? [own] : [own, `${parent}-${own}`];
}

/** A file is named after itself, a camera after its host. */
function callingsOfAddress({ scheme, host = "", name }: Address): string[] {
  // IPv6 addresses stand in brackets.
  const called = host.replace(/:\d*$/, "").replace(/[[\]]/g, "") || scheme;
  if (name === undefined) return [called];
  const own = withoutExtension(name);
  return extname(name) === ""
    ? [called, `${called}-${own}`]
    : [own, `${called}-${own}`];
}

function withoutExtension(name: string): string {
  const extension = extname(name);
  return extension === "" ? name : name.slice(0, -extension.length);
}

/** The valid channel name that is closest to a text. */
function usableName(text: string): string {
  const name = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "")
    .replace(/[^A-Za-z0-9_-]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, MAX_NAME_LENGTH);
  if (name === "") return "channel";
  return nameProblem(name) === undefined ? name : `${name}-1`;
}

/** The name with the lowest number at its end that is not taken. */
function numbered(name: string, taken: ReadonlySet<string>): string {
  for (let number = 2;; number++) {
    const end = `-${number}`;
    const free = name.slice(0, MAX_NAME_LENGTH - end.length) + end;
    if (!taken.has(free)) return free;
  }
}
