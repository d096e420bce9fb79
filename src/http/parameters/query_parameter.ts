import { STATUS_CODE } from "@std/http/status";
import { HttpError } from "../answer/http_error.ts";

/** What a number in an address may be. */
export interface NumberRange {
  /** The least that is taken. */
  min: number;
  /** The most that is taken. */
  max: number;
  /**
   * Whether it must be a whole number.
   *
   * @default {false}
   */
  integer?: boolean;
}

/** Digits, with a point among them perhaps; no exponents, no hexadecimal. */
const DECIMAL = /^-?(\d+\.?\d*|\.\d+)$/;

/**
 * Reads a number that an address may name.
 *
 * @param query The part of the address behind the question mark.
 * @param name The parameter's name; if it is there twice, the first counts.
 * @param range What it may be.
 * @returns The number; undefined if the address does not name it.
 * @throws {HttpError} With status 400 if it is no such number.
 */
export function numberParameter(
  query: URLSearchParams,
  name: string,
  { min, max, integer = false }: NumberRange,
): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const number = DECIMAL.test(text) ? Number(text) : NaN;
  if (
    number >= min && number <= max && (!integer || Number.isInteger(number))
  ) {
    return number;
  }
  const kind = integer ? "a whole number" : "a number";
  throw badParameter(name, text, `${kind} from ${min} to ${max}`);
}

/**
 * Reads one of some words that an address may name.
 *
 * @param query The part of the address behind the question mark.
 * @param name The parameter's name; if it is there twice, the first counts.
 * @param choices The words.
 * @returns The word; undefined if the address does not name it.
 * @throws {HttpError} With status 400 if it is none of them.
 */
export function choiceParameter<Choice extends string>(
  query: URLSearchParams,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const choice = choices.find((choice) => choice === text);
  if (choice !== undefined) return choice;
  throw badParameter(name, text, choices.join(" or "));
}

/**
 * The refusal of a parameter.
 *
 * @param name The parameter's name.
 * @param text Its value, as the address has it.
 * @param expected What it should have been.
 */
export function badParameter(
  name: string,
  text: string,
  expected: string,
): HttpError {
  const value = text === "" ? "nothing" : JSON.stringify(shortened(text));
  return new HttpError(
    STATUS_CODE.BadRequest,
    `The parameter ${name} must be ${expected}, not ${value}.`,
  );
}

const MAX_VALUE_CHARACTERS = 60;

function shortened(text: string): string {
  return text.length <= MAX_VALUE_CHARACTERS
    ? text
    : text.slice(0, MAX_VALUE_CHARACTERS) + "...";
}
