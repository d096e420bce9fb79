/** The beginning of the names of all variables that the program reads. */
export const VARIABLE_PREFIX = "GIFSTREAM_";
/** The variable that holds INPUTs, one a line. */
export const INPUTS_VARIABLE = "GIFSTREAM_INPUTS";

/** The variable that stands for an option. */
export function variableOf(name: string): string {
  return VARIABLE_PREFIX + name.toUpperCase().replaceAll("-", "_");
}
