import { commandOf } from "../../source/command_input.ts";
import { folderOfFolders } from "../lineup/input.ts";
import type { PlannedInput } from "../lineup/planned_input.ts";
import type { CliOptions } from "../options/options.ts";
import { INGEST_VARIABLE, VIEWER_VARIABLE } from "../config/secret_variable.ts";
import { type Finding, Findings, isGranted } from "./finding.ts";

/** A permission that the command line needs. */
interface Need {
  permission: Deno.PermissionDescriptor;
  /** The flag that gives it. */
  flag: string;
  /** Its purpose, in words. */
  purpose: string;
  /** False: gifstream goes on without it, but not as well. */
  isNeeded: boolean;
}

/** The permissions that Deno was given, beside those that are needed. */
export function permissionCheck(
  options: CliOptions,
  inputs: readonly PlannedInput[],
): Finding[] {
  const found = new Findings("permissions");
  const missing = needsOf(options, inputs)
    .filter(({ permission }) => !isGranted(permission));
  for (const { flag, purpose, isNeeded } of missing) {
    const message = `Deno does not allow ${purpose}`;
    const cure = `run Deno with ${flag}`;
    if (isNeeded) found.error(message, cure);
    else found.warning(message, cure);
  }
  if (missing.length === 0) found.ok("Deno has all that this command needs");
  return found.all;
}

function needsOf(
  options: CliOptions,
  inputs: readonly PlannedInput[],
): Need[] {
  const { host, port, socket, server, tls, output } = options;
  const needs: Need[] = [];
  const need = (
    permission: Deno.PermissionDescriptor,
    flag: string,
    purpose: string,
    isNeeded = true,
  ) => needs.push({ permission, flag, purpose, isNeeded });
  if (output === undefined && socket === undefined) {
    const place = `${host}:${port}`;
    need({ name: "net", host: place }, "--allow-net", `serving at ${place}`);
  }
  for (const variable of variablesOf(options, inputs)) {
    const flag = `--allow-env=${VIEWER_VARIABLE},${INGEST_VARIABLE}`;
    need({ name: "env", variable }, flag, `looking for ${variable}`);
  }
  for (const file of [tls?.certFile, tls?.keyFile]) {
    if (file === undefined) continue;
    const flag = `--allow-read=${file}`;
    need({ name: "read", path: file }, flag, `reading ${file}`);
  }
  for (const input of inputs) {
    addInput(input, input.own?.options ?? options, need);
  }
  const own = new URL("../../..", import.meta.url);
  if (own.protocol === "file:" && !Deno.build.standalone) {
    const purpose = "threads beside the one that serves";
    need({ name: "read", path: own }, "--allow-read", purpose, false);
  }
  if (server === "deno" && Deno.build.os === "linux") {
    const purpose = "cutting off clients that flood";
    need({ name: "ffi" }, "--allow-ffi, or --server node", purpose, false);
  }
  return needs;
}

/** The variables that decide who may watch and send, unless options do. */
function variablesOf(
  options: CliOptions,
  inputs: readonly PlannedInput[],
): string[] {
  const { viewerToken, viewerTokenFile, viewerBasicFile } = options;
  const isOpen = [viewerToken, viewerTokenFile, viewerBasicFile]
    .every((each) => each === undefined);
  const takesFrames = options.ingest ||
    inputs.some(({ kind }) => kind === "ingest");
  const isSent = takesFrames && options.ingestTokenFile === undefined;
  return [
    ...isOpen && options.output === undefined ? [VIEWER_VARIABLE] : [],
    ...isSent ? [INGEST_VARIABLE] : [],
  ];
}

function addInput(
  { input, kind }: PlannedInput,
  options: CliOptions,
  need: (
    permission: Deno.PermissionDescriptor,
    flag: string,
    purpose: string,
    isNeeded?: boolean,
  ) => void,
): void {
  const plays = (command: string, flag: string) =>
    need({ name: "run", command }, flag, `running ${command}`);
  switch (kind) {
    case "folder":
    case "folders": {
      const path = kind === "folders" ? folderOfFolders(input) : input;
      need(
        { name: "read", path },
        `--allow-read=${path}`,
        `reading ${path}`,
      );
      const writes = options.deleteAfterSeconds !== undefined;
      const purpose = writes
        ? `removing frames from ${path}`
        : `making ${path} if it is missing`;
      need({ name: "write", path }, `--allow-write=${path}`, purpose, writes);
      return;
    }
    case "growing":
    case "picture":
    case "finished":
    case "pipe":
      need(
        { name: "read", path: input },
        "--allow-read",
        `reading ${input}`,
      );
      return;
    case "video":
      plays("ffmpeg", "--allow-run=ffmpeg,sh");
      need(
        { name: "run", command: "sh" },
        "--allow-run=ffmpeg,sh",
        "ending ffmpeg when gifstream is killed",
        false,
      );
      return;
    case "exec":
      if (commandOf(input)) plays("sh", "--allow-run=sh");
      return;
    case "redis":
    case "edge":
      need({ name: "net" }, "--allow-net", "reaching Redis");
  }
}
