import type { OptionRule } from "../options/option_rule.ts";

/** The beginnings of INPUTs that are no paths. */
export const INPUT_WORDS: readonly string[] = [
  "exec:",
  "http://",
  "ingest:",
  "redis://",
  "rtsp://",
  "test:",
];

/** A line about an option, without letters that mean something to shells. */
export function shortHelp({ help }: OptionRule): string {
  const text = help.join(" ").replace(/ ?\(default.*?\)/g, "");
  const [first] = text.split(/[;:.] |\(/);
  return first.replace(/[^\w ,./%'-]/g, "").replaceAll("'", "").trim();
}
