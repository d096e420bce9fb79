import { closestString } from "@std/text/closest-string";
import { levenshteinDistance } from "@std/text/levenshtein-distance";
import { COMMAND_PREFIX } from "../../source/command_input.ts";
import { DEVICE_FORMATS } from "../../source/device_formats.ts";
import { shownInput } from "../../source/secrets/shown_input.ts";
import { INGEST_INPUT, TEST_INPUT } from "../options/named_input.ts";

/** Ways of ffmpeg's to open one thing as another, by which it opens any. */
const FFMPEG_PROTOCOL =
  /^(concatf?|subfile|data|pipe|fd|crypto|cache|async|tee|md5|hls|ipfs|ipns|unix)[:,]/i;
const EMPTY_DEVICE = new RegExp(`^(${DEVICE_FORMATS.join("|")}):$`, "i");
/** A text that looks like an address; a single letter may be a drive. */
const ALMOST_ADDRESS = /^([a-z][a-z0-9+.-]+(,.*)?:|=)/is;
/** The name of a video, a playlist or a picture other than GIF. */
const MEDIA_NAME =
  /\.(m3u8?|mpd|mp4|m4v|mov|mkv|webm|avi|ts|mpe?g|flv|ogv|wmv|webp|bmp|tiff?|jpe?g|png|mjpe?g|h26[45])$/i;

/**
 * Says why an INPUT that is not there is no folder to be made; undefined: it
 * may be one.
 */
export function problemOfAbsent(input: string): string | undefined {
  if (MEDIA_NAME.test(input)) {
    return `Cannot read ${shownInput(input)}: there is no such file; check ` +
      "its name, or start the program first that writes it";
  }
  if (!ALMOST_ADDRESS.test(input)) return undefined;
  const shown = shownInput(input);
  return `Cannot play ${shown}: expected ${expected(input)}; for a folder of ` +
    `that name, write ./${shown}`;
}

/** Words that are no INPUT, but stand where one may. */
const WORDS = ["doctor", "help", "version"];
/** Most letters by which a mistyped word differs from what was meant. */
const MAX_MISTAKES = 2;

/**
 * Says why a word that is nothing else is no folder to be made, either: a path
 * has a slash in it, and most such words are mistyped.
 */
export async function problemOfWord(input: string): Promise<string> {
  const known = [...WORDS, TEST_INPUT, INGEST_INPUT, ...await namesHere()];
  const close = closestString(input, known);
  const isMeant = levenshteinDistance(input, close) <= MAX_MISTAKES;
  const advice = isMeant ? `; did you mean ${close}?` : "";
  return `Cannot read ${input}: there is no such folder or file` +
    `${advice || ";"} to have the folder made, write ./${input}`;
}

async function namesHere(): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(".")) names.push(name);
  } catch {
    // Nothing can be suggested of what may not be read.
  }
  return names;
}

function expected(input: string): string {
  if (input.startsWith("=")) return "a name before =, as in NAME=INPUT";
  if (input.startsWith(COMMAND_PREFIX)) {
    return `a command, as in ${COMMAND_PREFIX}'rpicam-vid -t 0 -o -'`;
  }
  if (EMPTY_DEVICE.test(input)) {
    return "a device or a graph, as in v4l2:/dev/video0 or lavfi:testsrc2";
  }
  if (FFMPEG_PROTOCOL.test(input)) {
    return "an address, a device or a path: ffmpeg is not let open anything " +
      "by other protocols of its own; exec: runs a command that does, as in " +
      `${COMMAND_PREFIX}'ffmpeg -i ... -f mjpeg -'`;
  }
  return "an address, a device or a path";
}
