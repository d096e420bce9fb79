import { STATUS_CODE } from "@std/http/status";
import { HttpError } from "../answer/http_error.ts";
import {
  numberInRange,
  type NumberRange,
  rangeInWords,
} from "./number_range.ts";
import type { ChoiceParameter, NumberParameter } from "./query_parameter.ts";

/**
 * Reads a number of an address.
 *
 * @param query The part of the address after the question mark; if it has the
 * parameter twice, the first counts.
 * @param parameter The parameter, with its range.
 * @returns The number; undefined if the address has none.
 * @throws {HttpError} With status 400 if it is no such number.
 */
export function readNumber(
  query: URLSearchParams,
  parameter: NumberParameter & NumberRange,
): number | undefined {
  const text = query.get(parameter.name);
  if (text === null) return undefined;
  const number = numberInRange(text, parameter);
  if (number !== undefined) return number;
  throw badParameter(parameter.name, text, rangeInWords(parameter));
}

/**
 * Reads one of some words of an address.
 *
 * @param query The part of the address after the question mark; if it has the
 * parameter twice, the first counts.
 * @param parameter The parameter, with its words.
 * @returns The word; the default if the address has none.
 * @throws {HttpError} With status 400 if it is none of them.
 */
export function readChoice<Choice extends string>(
  query: URLSearchParams,
  { name, choices, default: usual }: ChoiceParameter<Choice>,
): Choice {
  const text = query.get(name);
  if (text === null) return usual;
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
