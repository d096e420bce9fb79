import { errorMessage } from "../../system/error_message.ts";
import type { PlannedInput } from "../lineup/planned_input.ts";
import type { SecretVariables } from "../config/environment.ts";
import type { CliOptions } from "../options/options.ts";
import { readSecrets } from "../secrets.ts";
import { type Finding, Findings } from "./finding.ts";

/** Finds out who may watch and send, and if the secrets for that can be read. */
export async function accessCheck(
  options: CliOptions,
  inputs: readonly PlannedInput[],
  variables: SecretVariables,
): Promise<Finding[]> {
  const found = new Findings("access");
  if (options.output !== undefined) return [];
  const takesFrames = options.ingest ||
    inputs.some(({ kind }) => kind === "ingest");
  try {
    const { viewing, ingestToken } = await readSecrets(
      options,
      variables,
      takesFrames,
    );
    const isGuarded = viewing.token !== undefined ||
      viewing.basic !== undefined;
    found.ok(isGuarded ? "viewers need a secret" : "anybody may watch");
    if (takesFrames && ingestToken === undefined) {
      found.error(
        "nobody may send frames: there is no token for senders",
        "put one into the variable GIFSTREAM_TOKEN, or into a file for " +
          "--ingest-token-file",
      );
    }
  } catch (error) {
    const [what, ...cure] = errorMessage(error).split(": ");
    found.error(what, cure.join(": ") || "see docs/operation.md, Access");
  }
  return found.all;
}
