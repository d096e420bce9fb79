import type { NumberRange } from "../../http/parameters/number_range.ts";

/** An option: its name, its values, and its help. */
export interface OptionRule {
  name: string;
  /** Stands for the value in the help; undefined for a switch. */
  value?: string;
  default?: string;
  number?: NumberRange;
  choices?: readonly string[];
  /** Lines of 53 columns at most. */
  help: readonly string[];
}

/** Options about one subject, under one heading in the help. */
export interface OptionGroup {
  heading: string;
  options: readonly OptionRule[];
}
