import type { Environment } from "../config/environment.ts";
import { jsonLine, printable } from "./report.ts";

/** Says why the program cannot be started as it is told. */
export function sayUsage(message: string, asJson: boolean): void {
  if (asJson) console.error(jsonLine({ level: "error", message }).trimEnd());
  else console.error(`gifstream: ${printable(message)}\nSee gifstream --help.`);
}

/** True if lines are to be JSON, as far as can be told of what is wrong. */
export function wantsJson(
  args: readonly string[],
  environment: Environment | undefined,
): boolean {
  const at = args.findLastIndex((arg) => /^--log(=|$)/.test(arg));
  if (at < 0) return environment?.values.get("log")?.texts[0] === "json";
  return args[at] === "--log=json" || args[at + 1] === "json";
}
