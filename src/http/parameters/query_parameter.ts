import type { NumberRange } from "./number_range.ts";

interface Named {
  /** The name in the address, as in `fps` of `?fps=5`. */
  name: string;
  /** The meaning, as the OpenAPI document has it. */
  description: string;
}

/** A number that an address may carry. */
export interface NumberParameter extends Named, Omit<NumberRange, "max"> {
  type: "number";
  /**
   * The most that is taken.
   *
   * @default {undefined} the channel decides
   */
  max?: number;
  /**
   * The number without the parameter.
   *
   * @default {undefined} no limit
   */
  default?: number;
}

/** A choice of words that an address may carry. */
export interface ChoiceParameter<Choice extends string = string> extends Named {
  type: "choice";
  /** The words. */
  choices: readonly Choice[];
  /** The word without the parameter. */
  default: Choice;
}

/** Text that an address may carry. */
export interface TextParameter extends Named {
  type: "text";
  /**
   * A regular expression for the whole text.
   *
   * @default {undefined} any text
   */
  pattern?: string;
  /**
   * Texts that mean something.
   *
   * @default {undefined}
   */
  examples?: readonly string[];
}

/** The name of a channel that an address may carry. */
export interface ChannelParameter extends Named {
  type: "channel";
}

/**
 * A parameter of an address: its reader takes the range from here, and the
 * OpenAPI document all of it.
 */
export type QueryParameter =
  | NumberParameter
  | ChoiceParameter
  | TextParameter
  | ChannelParameter;
