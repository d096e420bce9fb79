import type { Environment } from "../config/environment.ts";
import { type Finding, Findings } from "./finding.ts";

/** Variables that look like options and are none. */
export function environmentCheck(
  { warnings }: Pick<Environment, "warnings">,
): Finding[] {
  const found = new Findings("environment");
  for (const warning of warnings) {
    found.warning(warning, "correct its name, or unset it");
  }
  return found.all;
}
