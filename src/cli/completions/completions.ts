import { bashCompletions } from "./bash.ts";
import { fishCompletions } from "./fish.ts";
import { zshCompletions } from "./zsh.ts";

/** A shell that can complete options. */
export type Shell = "bash" | "zsh" | "fish";

/** Makes the script that a shell runs to complete the options of `gifstream`. */
export function completionsFor(shell: Shell): string {
  switch (shell) {
    case "bash":
      return bashCompletions();
    case "zsh":
      return zshCompletions();
    case "fish":
      return fishCompletions();
  }
}
