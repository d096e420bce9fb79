import { printable } from "../output/report.ts";
import { counted } from "../output/status_line.ts";
import { errorMessage } from "../../system/error_message.ts";
import type { PlannedInput } from "../lineup/planned_input.ts";
import type { Environment } from "../config/environment.ts";
import type { CliOptions } from "../options/options.ts";
import { accessCheck } from "./access_check.ts";
import { certificateCheck } from "./certificate_check.ts";
import { clockCheck } from "./clock_check.ts";
import { denoCheck } from "./deno_check.ts";
import { descriptorCheck } from "./descriptor_check.ts";
import { ffmpegCheck } from "./ffmpeg_check.ts";
import { environmentCheck } from "./environment_check.ts";
import { type Check, type Finding, isGranted } from "./finding.ts";
import { folderCheck } from "./folder_check.ts";
import { listenCheck } from "./listen_check.ts";
import { permissionCheck } from "./permission_check.ts";
import { placeCheck } from "./place_check.ts";

/** Most time for one check. */
const CHECK_MILLISECONDS = 15_000;
/** Columns of the states. */
const STATE_COLUMNS = 9;

/**
 * Looks at everything that a command line needs, without serving, and says of
 * each part how it is, and what to do about it.
 *
 * @param options What would be served.
 * @param inputs Its inputs, with their kinds, or why they have none.
 * @param environment What the environment has.
 * @param hide Removes secrets.
 * @param write Takes finished text.
 * @returns The exit code: 1 if something would not work.
 */
export async function doctor(
  options: CliOptions,
  inputs: readonly ExaminedInput[],
  environment: Environment,
  hide: (text: string) => string,
  write: (text: string) => void,
): Promise<number> {
  const show = options.log === "json" ? jsonLine : textLines;
  const counts = { ok: 0, warning: 0, error: 0 };
  for (const [name, check] of checksOf(options, inputs, environment)) {
    for (const finding of await run(name, check)) {
      counts[finding.state]++;
      write(show(hidden(finding, hide)));
    }
  }
  if (options.log === "text") write(`${summary(counts)}\n`);
  return counts.error > 0 ? 1 : 0;
}

/** An input, and why it cannot be read, if that is known already. */
export interface ExaminedInput extends PlannedInput {
  problem?: unknown;
}

function checksOf(
  options: CliOptions,
  inputs: readonly ExaminedInput[],
  environment: Environment,
): [name: string, check: Check][] {
  return [
    ["Deno", denoCheck],
    ["environment", () => environmentCheck(environment)],
    ["permissions", () => permissionCheck(options, inputs)],
    ...inputs.flatMap((input): [string, Check][] => [
      ["input", () => inputCheck(input)],
      ["folder", () => folderCheck(input, input.own?.options ?? options)],
    ]),
    ["ffmpeg", () => ffmpegCheck(inputs)],
    ["places", () => placeCheck(options, inputs)],
    ["access", () => accessCheck(options, inputs, environment.secrets)],
    ["port", () => options.output === undefined ? listenCheck(options) : []],
    ["certificate", () => certificateCheck(options)],
    ["descriptors", () => descriptorCheck(options)],
    ["clock", clockCheck],
  ];
}

function inputCheck({ input, problem }: ExaminedInput): Finding[] {
  if (problem === undefined) return [];
  const cure = isGranted({ name: "read", path: input })
    ? "gifstream --help says what an INPUT can be"
    : `run Deno with --allow-read=${input}`;
  const message = errorMessage(problem);
  return [{ check: "input", state: "error", message, cure }];
}

/** Runs a check; one that fails, or takes too long, finds that. */
async function run(check: string, act: Check): Promise<Finding[]> {
  const late = Promise.withResolvers<Finding[]>();
  const state = "warning", cure = "look at it by yourself";
  const timer = setTimeout(() => {
    const seconds = CHECK_MILLISECONDS / 1000;
    const message = `nothing was found in ${seconds} s`;
    late.resolve([{ check, state, message, cure }]);
  }, CHECK_MILLISECONDS);
  try {
    return await Promise.race([act(), late.promise]);
  } catch (error) {
    const message = `cannot be looked at: ${errorMessage(error)}`;
    return [{ check, state, message, cure }];
  } finally {
    clearTimeout(timer);
  }
}

function hidden(finding: Finding, hide: (text: string) => string): Finding {
  const { message, cure } = finding;
  return {
    ...finding,
    message: hide(message),
    cure: cure === undefined ? undefined : hide(cure),
  };
}

function textLines({ check, state, message, cure }: Finding): string {
  const lines = [`${state.padEnd(STATE_COLUMNS)}${check}: ${message}`];
  if (cure !== undefined) lines.push(`${" ".repeat(STATE_COLUMNS)}-> ${cure}`);
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function jsonLine(finding: Finding): string {
  return `${JSON.stringify(finding)}\n`;
}

function summary({ error, warning }: Record<Finding["state"], number>): string {
  if (error + warning === 0) return "Nothing is wrong.";
  return `${counted(error, "error")}, ${counted(warning, "warning")}.`;
}
