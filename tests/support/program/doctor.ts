/**
 * `gifstream doctor` as a user runs it: a process of its own.
 *
 * @module
 */

import { fromFileUrl } from "@std/path";
import type { Finding } from "../../../src/cli/doctor/finding.ts";

const CLI = fromFileUrl(new URL("../../../cli.ts", import.meta.url));

/** How to run it. */
interface ExamineOptions {
  format?: "text" | "json";
  /** Deno's permission flags. */
  permissions?: string[];
  env?: Record<string, string>;
  /** A command that runs another one. */
  before?: readonly string[];
}

/** What it has written. */
interface Examined {
  code: number;
  text: string;
  errorText: string;
  /** Its findings, as JSON has them. */
  findings: Finding[];
}

/** Runs it for a command line. */
export async function examine(
  args: string[],
  options: ExamineOptions = {},
): Promise<Examined> {
  const { format = "json", permissions = ["-A"], before = [], env } = options;
  const [command, ...rest] = [
    ...before,
    ...[Deno.execPath(), "run", "--quiet", ...permissions, CLI, "doctor"],
    ...[...args, "--log", format],
  ];
  const { code, stdout, stderr } = await new Deno.Command(command, {
    args: rest,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
  }).output();
  const [text, errorText] = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  const lines = text.split("\n").filter((line) => line !== "");
  const findings = format === "json"
    ? lines.map((line) => JSON.parse(line) as Finding)
    : [];
  return { code, text, errorText, findings };
}

/** The first finding of a check. */
export function found(findings: readonly Finding[], check: string): Finding {
  const finding = findings.find((each) => each.check === check);
  if (finding === undefined) throw new Error(`Nothing about ${check}`);
  return finding;
}
