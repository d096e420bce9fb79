import { shownInput } from "../../source/secrets/shown_input.ts";
import { placeOnLine } from "../options/given_values.ts";
import type { CliOptions, OwnOptions } from "../options/options.ts";
import { UsageError } from "../options/usage_error.ts";
import type { InputKind } from "../source/source_kind.ts";

/** The kinds of INPUT, with the words of messages for one and for many. */
const KINDS = {
  test: ["the test pattern", "the test pattern"],
  stdin: ["standard input", "standard input"],
  pipe: ["a named pipe", "named pipes"],
  exec: ["a command", "commands"],
  folder: ["a folder", "folders"],
  folders: ["a folder of folders", "folders of folders"],
  growing: ["a growing GIF file", "growing GIF files"],
  picture: ["a JPEG or PNG file", "JPEG or PNG files"],
  finished: ["a finished GIF file", "finished GIF files"],
  video: ["played by ffmpeg", "inputs that ffmpeg plays"],
  ingest: ["a channel for sent frames", "sent frames"],
  redis: ["a channel in Redis", "channels in Redis"],
  edge: ["all channels in a Redis", "channels in Redis"],
} as const satisfies Record<InputKind, [string, string]>;

/** Kinds that may give JPEG and PNG, or what ffmpeg plays. */
const PICTURES: readonly InputKind[] = [
  ...["folder", "growing", "picture", "video", "ingest"] as const,
  ...["stdin", "pipe", "exec"] as const,
];
/** Kinds whose pictures can be turned, and drawn into. */
const LOOKED_AT: readonly InputKind[] = [...PICTURES, "finished", "test"];

/** Options that apply only to some kinds of INPUT. */
const SPECIAL: {
  option: string;
  isGiven: (options: CliOptions) => boolean;
  kinds: readonly InputKind[];
}[] = [
  {
    option: "fps",
    isGiven: ({ framesPerSecond }) => framesPerSecond !== undefined,
    kinds: ["folder", "growing", "picture", "test", "video"],
  },
  {
    option: "delete-after",
    isGiven: ({ deleteAfterSeconds }) => deleteAfterSeconds !== undefined,
    // With a file, it would delete the file that the user named.
    kinds: ["folder", "folders"],
  },
  {
    option: "poll",
    isGiven: ({ pollMilliseconds }) => pollMilliseconds !== undefined,
    kinds: ["folder", "growing", "picture"],
  },
  {
    option: "channels",
    isGiven: ({ channels }) => channels !== undefined,
    kinds: ["folders", "edge"],
  },
  {
    option: "on-demand",
    isGiven: ({ onDemand }) => onDemand,
    // A pipe can be read only once.
    kinds: [
      ...["folder", "growing", "picture", "finished"] as const,
      ...["test", "video", "exec"] as const,
    ],
  },
  {
    option: "warm-up",
    isGiven: ({ warmUpPictures }) => warmUpPictures > 0,
    kinds: ["video"],
  },
  { option: "loop", isGiven: ({ loop }) => loop, kinds: ["finished", "video"] },
  {
    option: "size",
    isGiven: ({ size }) => Object.keys(size).length > 0,
    kinds: PICTURES,
  },
  {
    option: "rotate",
    isGiven: ({ turn }) => turn > 2,
    kinds: LOOKED_AT,
  },
  {
    option: "flip",
    isGiven: ({ turn }) => turn === 2,
    kinds: LOOKED_AT,
  },
  {
    option: "timestamp",
    isGiven: ({ timestamp }) => timestamp,
    kinds: LOOKED_AT,
  },
  {
    option: "filter",
    isGiven: ({ filter }) => filter !== undefined,
    kinds: ["video", "exec", "stdin", "pipe"],
  },
  {
    option: "quality",
    isGiven: ({ quality }) => quality !== undefined,
    kinds: PICTURES,
  },
  {
    option: "bitrate",
    isGiven: ({ bitsPerSecond }) => bitsPerSecond !== undefined,
    kinds: PICTURES,
  },
  {
    option: "dither",
    isGiven: ({ dither }) => dither !== "none",
    kinds: PICTURES,
  },
  {
    option: "input-args",
    isGiven: ({ inputArguments }) => inputArguments.length > 0,
    kinds: ["video", "exec", "stdin", "pipe"],
  },
  {
    option: "rtsp-transport",
    isGiven: ({ rtspTransport }) => rtspTransport !== undefined,
    kinds: ["video"],
  },
];

/** Options that are only for a file, and mean nothing to viewers. */
const OF_FILE: [option: string, isGiven: (options: CliOptions) => boolean][] = [
  ["duration", ({ durationSeconds }) => durationSeconds !== undefined],
  ["max-bytes", ({ maxBytes }) => maxBytes !== undefined],
  ["plays", ({ plays }) => plays !== undefined],
];

/** Options of encoding, which a file heeds whatever the kind of INPUT. */
const OF_ENCODING: readonly string[] = ["quality", "bitrate", "dither"];
/** Options that a file heeds of the same kinds, and of finished GIF files. */
const FOR_FILES: readonly string[] = ["fps", "size", "input-args"];

/** An input, and what it is. */
export interface KnownInput {
  input: string;
  /** Undefined if the input could not be read. */
  kind: InputKind | undefined;
  /** Options of its own, if it has any. */
  own?: OwnOptions;
}

/**
 * Refuses options that apply to none of the inputs, or need another one.
 *
 * @throws {UsageError} If there is one; the message says what it applies to.
 */
export function checkOptions(
  options: CliOptions,
  inputs: readonly KnownInput[],
): void {
  for (const { own } of [{ own: { options } }, ...inputs]) {
    if (own === undefined || own.options.warmUpPictures === 0) continue;
    if (own.options.onDemand || onDemandElsewhere(own.options, inputs)) {
      continue;
    }
    throw new UsageError(
      `${placeOf(own.options, "warm-up")} works only with --on-demand`,
    );
  }
  for (const [option, isGiven] of OF_FILE) {
    if (options.output !== undefined || !isGiven(options)) continue;
    throw new UsageError(
      `${placeOf(options, option)} works only with --output, which writes a ` +
        "file",
    );
  }
  if (options.output !== undefined) return checkFileOptions(options, inputs);
  for (const { option, isGiven, kinds } of SPECIAL) {
    for (const input of inputs) {
      if (!input.own?.given.has(option) || !isGiven(input.own.options)) {
        continue;
      }
      if (heeds(input.kind, kinds)) continue;
      throw worksOnlyWith(placeOf(input.own.options, option), kinds, [input]);
    }
    if (!isGiven(options)) continue;
    if (inputs.some(({ kind }) => heeds(kind, kinds))) continue;
    if (options.ingest && kinds.includes("ingest")) continue;
    throw worksOnlyWith(placeOf(options, option), kinds, inputs);
  }
}

/** True if an option counts for all inputs, and one of them is on demand. */
function onDemandElsewhere(
  options: CliOptions,
  inputs: readonly KnownInput[],
): boolean {
  return inputs.some(({ own }) =>
    own?.options.onDemand &&
    own.options.given.get("warm-up") === options.given.get("warm-up")
  );
}

/** The subject of messages about an option. */
function placeOf({ given }: CliOptions, name: string): string {
  return given.get(name)?.place ?? placeOnLine({ name });
}

function worksOnlyWith(
  what: string,
  kinds: readonly InputKind[],
  inputs: readonly KnownInput[],
): UsageError {
  const names: string[] = kinds.map((each) => KINDS[each][1]);
  const last = names.pop();
  const all = names.length === 0 ? last : `${names.join(", ")} and ${last}`;
  const given = inputs.map(({ input, kind }) =>
    `${shownInput(input)} is ${KINDS[kind!][0]}`
  );
  return new UsageError(`${what} works only with ${all}: ${given.join(", ")}`);
}

/** Refuses options that mean nothing to a file, or to one of such an input. */
function checkFileOptions(
  options: CliOptions,
  inputs: readonly KnownInput[],
): void {
  for (const { option, isGiven, kinds } of SPECIAL) {
    if (!isGiven(options) || OF_ENCODING.includes(option)) continue;
    if (FOR_FILES.includes(option)) {
      const all: InputKind[] = [...kinds, "finished"];
      if (inputs.some(({ kind }) => heeds(kind, all))) continue;
      throw worksOnlyWith(
        `${placeOf(options, option)} with --output`,
        all,
        inputs,
      );
    }
    const advice = option === "loop"
      ? "; --plays says how often players show the file"
      : "";
    throw new UsageError(
      `${placeOf(options, option)} does not work with --output${advice}`,
    );
  }
}

/** True if a kind is one of these, or not known yet. */
function heeds(
  kind: InputKind | undefined,
  kinds: readonly InputKind[],
): boolean {
  if (kind === undefined || kinds.includes(kind)) return true;
  return kind === "folders" && kinds.includes("folder");
}
