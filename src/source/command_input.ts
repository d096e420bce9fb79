/** The beginning of an INPUT that is a command. */
export const COMMAND_PREFIX = "exec:";

/** The command of an INPUT, as a shell takes it; undefined: it is none. */
export function commandOf(input: string): string | undefined {
  return input.startsWith(COMMAND_PREFIX)
    ? input.slice(COMMAND_PREFIX.length)
    : undefined;
}

/** The words of a command, without quotes. */
export function wordsOf(command: string): string[] {
  return command.replace(/["'\\]/g, "").split(/\s+/)
    .filter((word) => word !== "");
}

/** The name of the program that a command begins with. */
export function programOf(command: string): string {
  const isAssignment = (word: string) => /^\w+=/.test(word);
  const program = wordsOf(command).find((word) => !isAssignment(word)) ?? "";
  return program.replace(/^.*[/\\]/, "");
}
