import { closestString } from "@std/text/closest-string";
import {
  numberInRange,
  rangeInWords,
} from "../../http/parameters/number_range.ts";
import type { PictureSize } from "../../image/scale_pixels.ts";
import { errorMessage } from "../../system/error_message.ts";
import type { GivenValue } from "./given_values.ts";
import type { OptionRule } from "./option_rule.ts";
import { OPTIONS } from "./option_table.ts";
import { UsageError } from "./usage_error.ts";

/**
 * The text given for an option, its default, or undefined.
 *
 * @throws {UsageError} If it is empty, given twice or not among the choices.
 */
export function textValue(
  rule: OptionRule,
  given: GivenValue | undefined,
): string | undefined {
  if (given === undefined) return rule.default;
  const [value, ...more] = given.texts;
  if (value === undefined || more.length > 0) throw needsOne(rule, given);
  return checkedText(rule, given, value);
}

function checkedText(
  rule: OptionRule,
  given: GivenValue,
  value: string,
): string {
  if (value === "") throw needsOne(rule, given);
  if (rule.choices !== undefined && !rule.choices.includes(value)) {
    throw new UsageError(
      `${given.place} takes ${rule.choices.join(" or ")}: ${value}`,
    );
  }
  return value;
}

function needsOne({ name, value }: OptionRule, given: GivenValue): UsageError {
  return new UsageError(`${given.place} needs one value: --${name} ${value}`);
}

/**
 * All texts given for an option that may be given several times.
 *
 * @throws {UsageError} If one is empty.
 */
export function textValues(
  rule: OptionRule,
  given: GivenValue | undefined,
): string[] {
  if (given === undefined) return [];
  return given.texts.map((text) => checkedText(rule, given, text));
}

/**
 * The number given for an option, its default, or undefined.
 *
 * @throws {UsageError} If it is not a number, or out of range.
 */
export function numberValue(
  rule: OptionRule,
  given: GivenValue | undefined,
): number | undefined {
  const text = textValue(rule, given);
  if (text === undefined) return undefined;
  const range = rule.number!;
  const number = numberInRange(text, range);
  if (number !== undefined) return number;
  throw new UsageError(`${given?.place} takes ${rangeInWords(range)}: ${text}`);
}

const YES: readonly string[] = ["true", "yes", "on", "1"];
const NO: readonly string[] = ["false", "no", "off", "0"];

/**
 * True if a switch is given, and on.
 *
 * @throws {UsageError} If its value says neither yes nor no.
 */
export function switchValue(given: GivenValue | undefined): boolean {
  if (given === undefined) return false;
  const [text = "", ...more] = given.texts;
  if (more.length === 0 && YES.includes(text.toLowerCase())) return true;
  if (more.length === 0 && NO.includes(text.toLowerCase())) return false;
  throw new UsageError(`${given.place} takes true or false: ${text}`);
}

/**
 * A size such as `480x270`, `480` or `x270`.
 *
 * @throws {UsageError} If it is not a size.
 */
export function parseSize(text: string = "", place: () => string): PictureSize {
  const [, width, height] = text.match(/^(\d+)?(?:x(\d+))?$/) ?? [];
  const sides = [width, height].filter((side) => side !== undefined);
  const bad = sides.some((side) => Number(side) < 1 || Number(side) > 65535);
  if (bad || (text !== "" && sides.length === 0)) {
    throw new UsageError(
      `${place()} takes a size such as 480x270, 480 or x270: ${text}`,
    );
  }
  return {
    ...(width === undefined ? {} : { width: Number(width) }),
    ...(height === undefined ? {} : { height: Number(height) }),
  };
}

/** Orientations of EXIF for turns to the right, and mirrored after that. */
const TURNS: Record<string, [plain: number, flipped: number]> = {
  "0": [1, 2],
  "90": [6, 5],
  "180": [3, 4],
  "270": [8, 7],
};

/** The turn of pictures, as EXIF numbers orientations. */
export function turnOf(degrees: string = "0", isFlipped: boolean): number {
  return TURNS[degrees][isFlipped ? 1 : 0];
}

/** A lower bitrate is not enough for any picture. */
const MIN_BITRATE = 1000;
const MAX_BITRATE = 1e9;
/** Smallest and largest file that can be asked for. */
const MIN_BYTES = 100;
const MAX_BYTES = 1e9;

/**
 * Bits a second, such as `800000`, `800K` or `0.8M`, as ffmpeg takes them.
 *
 * @throws {UsageError} If it is not a bitrate, or out of range.
 */
export function parseBitrate(
  text: string | undefined,
  place: () => string,
): number | undefined {
  if (text === undefined) return undefined;
  const [, digits, unit = ""] = text.match(/^(\d+\.?\d*|\.\d+)([km])?$/i) ??
    [];
  const factor = { "": 1, k: 1e3, m: 1e6 }[unit.toLowerCase()]!;
  const bitrate = digits === undefined ? NaN : Number(digits) * factor;
  if (bitrate >= MIN_BITRATE && bitrate <= MAX_BITRATE) return bitrate;
  throw new UsageError(
    `${place()} takes bits a second from 1K to 1000M, such as 800K or 2M: ` +
      text,
  );
}

/**
 * Bytes, such as `800000`, `800K` or `8M`.
 *
 * @throws {UsageError} If it is not a number of bytes, or out of range.
 */
export function parseBytes(
  text: string | undefined,
  place: () => string,
): number | undefined {
  if (text === undefined) return undefined;
  const [, digits, unit = ""] = text.match(/^(\d+\.?\d*|\.\d+)([kmg])?b?$/i) ??
    [];
  const factor = { "": 1, k: 1e3, m: 1e6, g: 1e9 }[unit.toLowerCase()]!;
  const bytes = digits === undefined ? NaN : Number(digits) * factor;
  if (bytes >= MIN_BYTES && bytes <= MAX_BYTES) return Math.floor(bytes);
  throw new UsageError(
    `${place()} takes bytes from 100 to 1G, such as 500K or 8M: ${text}`,
  );
}

/**
 * A regular expression, or undefined.
 *
 * @throws {UsageError} If it is not a regular expression.
 */
export function parsePattern(
  text: string | undefined,
  place: () => string,
): RegExp | undefined {
  if (text === undefined) return undefined;
  try {
    return new RegExp(text);
  } catch (error) {
    const reason = errorMessage(error);
    throw new UsageError(
      `${place()} takes a regular expression: ${reason}`,
    );
  }
}

/** The error for an unknown option. */
export function unknownOption(arg: string): UsageError {
  const option = arg.replace(/=.*$/, "");
  const names = OPTIONS.map(({ name }) => `--${name}`);
  return new UsageError(
    `No such option: ${option}; did you mean ${closestString(option, names)}?`,
  );
}

/** The rule of an option that there is. */
export function ruleOf(name: string): OptionRule {
  const rule = OPTIONS.find((option) => option.name === name);
  if (rule === undefined) throw new TypeError(`No such option: ${name}`);
  return rule;
}
