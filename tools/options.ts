/**
 * Writes what is made of the table of options: the help in `docs/options.md`,
 * and the JSON schema of configuration files, `docs/gifstream.schema.json`.
 *
 * @module
 */

import { configSchema } from "../src/cli/config/config_schema.ts";
import { helpText } from "../src/cli/options/help.ts";
import { VERSION } from "../src/system/version.ts";

const HELP = new URL("../docs/options.md", import.meta.url);
const SCHEMA = new URL("../docs/gifstream.schema.json", import.meta.url);

/** The text of `docs/gifstream.schema.json`. */
export function schemaText(): string {
  return JSON.stringify(configSchema(), null, 2) + "\n";
}

if (import.meta.main) {
  const document = await Deno.readTextFile(HELP);
  const block = "```text\n" + helpText(VERSION) + "```";
  await Deno.writeTextFile(
    HELP,
    document.replace(/```text\n[^]*?```/, () => block),
  );
  await Deno.writeTextFile(SCHEMA, schemaText());
}
