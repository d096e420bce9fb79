import type { NumberRange } from "../../http/parameters/number_range.ts";

/** An option: its name, its values, and its help. */
export interface OptionRule {
  name: string;
  /** Stands for the value in the help; undefined for a switch. */
  value?: string;
  default?: string;
  number?: NumberRange;
  choices?: readonly string[];
  /** True if it may be given several times. */
  isList?: true;
  /** True if each input of a configuration file may have its own. */
  ofInput?: true;
  /** True if a change of it is taken while the program runs. */
  live?: true;
  /** True if only the command line has it. */
  onlyHere?: true;
  /** True if nobody may see its value. */
  isSecret?: true;
  /** True if the value is a path. */
  isPath?: true;
  /** Lines of 53 columns at most. */
  help: readonly string[];
}

/** Options about one subject, under one heading in the help. */
export interface OptionGroup {
  heading: string;
  options: readonly OptionRule[];
}
