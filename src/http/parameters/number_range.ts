/** The numbers that are taken. */
export interface NumberRange {
  /** The least that is taken. */
  min: number;
  /** The most that is taken. */
  max: number;
  /**
   * Only whole numbers are taken.
   *
   * @default {false}
   */
  integer?: boolean;
}

/** Digits, with a point among them perhaps; no exponents, no hexadecimal. */
const DECIMAL = /^-?(\d+\.?\d*|\.\d+)$/;

/** The number that a text is; undefined if it is none of the range. */
export function numberInRange(
  text: string,
  { min, max, integer = false }: NumberRange,
): number | undefined {
  const number = DECIMAL.test(text) ? Number(text) : NaN;
  const isTaken = number >= min && number <= max &&
    (!integer || Number.isInteger(number));
  return isTaken ? number : undefined;
}

/** The range in words, as in "a whole number from 1 to 100". */
export function rangeInWords(
  { min, max, integer = false }: NumberRange,
): string {
  return `a ${integer ? "whole " : ""}number from ${min} to ${max}`;
}
