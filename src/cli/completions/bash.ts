import { OPTIONS } from "../options/option_table.ts";
import { INPUT_WORDS } from "./words.ts";

/** The completions of bash: `source <(gifstream --completions bash)`. */
export function bashCompletions(): string {
  const names = OPTIONS.map(({ name }) => `--${name}`).join(" ");
  const choices = OPTIONS.flatMap(({ name, choices }) =>
    choices === undefined
      ? []
      : `    --${name}) COMPREPLY=($(compgen -W "${choices.join(" ")}" ` +
        `-- "$word")); return ;;`
  );
  const withValue = OPTIONS.filter(({ value, choices }) =>
    value !== undefined && choices === undefined
  ).map(({ name }) => `--${name}`).join("|");
  return `# gifstream --completions bash
_gifstream() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  # --name=value comes in three words.
  if [[ $word == = ]]; then word=
  elif [[ $before == = ]]; then before="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  # Without an answer, bash completes names of files.
  COMPREPLY=()
  case $before in
${choices.join("\n")}
    ${withValue}) return ;;
  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "${names}" -- "$word"))
  elif [[ $word ]]; then
    COMPREPLY=($(compgen -W "${INPUT_WORDS.join(" ")}" -- "$word"))
    if [[ $COMPREPLY ]]; then COMPREPLY+=($(compgen -f -- "$word")); fi
  fi
}
complete -o default -F _gifstream gifstream`;
}
