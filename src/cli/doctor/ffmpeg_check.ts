import { programOutput } from "../../source/process/program_output.ts";
import type { PlannedInput } from "../lineup/planned_input.ts";
import { type Finding, Findings, isGranted } from "./finding.ts";

/** Kinds of inputs that ffmpeg plays, or may have to. */
const PLAYED = ["video", "stdin", "pipe", "exec"];
/** Formats that cameras send,. */
const DECODERS = ["h264", "hevc", "mjpeg", "rawvideo"];
/** Enough for the longest list, on a busy machine. */
const BOUNDS = { milliseconds: 10_000, maxBytes: 2 ** 18 };
const INSTALL = "install ffmpeg 4 or newer, as by apt install ffmpeg";
/** The oldest version that gifstream knows the options of. */
const OLDEST = 4;

/** The version of ffmpeg, and what it can open. */
export async function ffmpegCheck(
  inputs: readonly PlannedInput[],
): Promise<Finding[]> {
  const found = new Findings("ffmpeg");
  const played = inputs.filter(({ kind }) => PLAYED.includes(kind ?? ""));
  if (played.length === 0) return [];
  // The permissions are another check.
  if (!isGranted({ name: "run", command: "ffmpeg" })) return [];
  let version: string;
  try {
    version = await ask("-version");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    found.error("there is no ffmpeg in the search path", INSTALL);
    return found.all;
  }
  const [, number] = version.match(/^ffmpeg version (\S+)/) ?? [];
  const major = Number(number?.match(/^n?(\d+)\./)?.[1]);
  if (number === undefined) {
    found.error("what is called ffmpeg does not say its version", INSTALL);
    return found.all;
  }
  if (major < OLDEST) found.warning(`version ${number} is old`, INSTALL);
  else found.ok(`version ${number}`);
  await lookAtDecoders(found);
  await lookAtProtocols(played, found);
  return found.all;
}

async function lookAtDecoders(found: Findings): Promise<void> {
  const list = await ask("-decoders");
  const missing = DECODERS.filter((name) =>
    !new RegExp(`^ [VAS.][\\w.]{5} ${name} `, "m").test(list)
  );
  if (missing.length === 0) found.ok(`it decodes ${DECODERS.join(", ")}`);
  else {
    found.warning(
      `it has no decoder for ${missing.join(", ")}`,
      "install an ffmpeg with all decoders; that of Debian has them",
    );
  }
}

/** The protocols of the addresses that it is to open. */
async function lookAtProtocols(
  played: readonly PlannedInput[],
  found: Findings,
): Promise<void> {
  const schemes = new Set(played.flatMap(({ input }) => {
    const [, scheme] = input.match(/^([a-z][a-z0-9+.-]*):\/\//i) ?? [];
    return scheme === undefined ? [] : [scheme.toLowerCase()];
  }));
  if (schemes.size === 0) return;
  const lists = await ask("-protocols") + await ask("-demuxers");
  const missing = [...schemes].filter((name) =>
    !new RegExp(`^\\s*(D\\S*\\s+)?${name}\\b`, "m").test(lists)
  );
  if (missing.length === 0) found.ok(`it opens ${[...schemes].join(", ")}`);
  else {
    found.error(
      `it cannot open ${missing.map((name) => `${name}://`).join(", ")}`,
      "install an ffmpeg with that protocol",
    );
  }
}

async function ask(option: string): Promise<string> {
  const { output } = await programOutput("ffmpeg", [option], BOUNDS);
  return output;
}
