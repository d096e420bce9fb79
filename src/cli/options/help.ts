import { INGEST_INPUT, STDIN_INPUT, TEST_INPUT } from "./named_input.ts";
import type { OptionGroup, OptionRule } from "./option_rule.ts";
import { OPTION_GROUPS } from "./option_table.ts";
import { DEFAULT_INPUT } from "./options.ts";

const COLUMNS = 80;
const HELP_COLUMN = 27;

/** The text of `--help`, at most 80 columns wide. */
export function helpText(version: string): string {
  return `gifstream ${version}: live video in a plain <img> tag

Usage: gifstream [[NAME=]INPUT ...] [OPTIONS]

INPUT is what goes on air:
  FOLDER                   GIF, JPEG or PNG frames, as some program writes
                           them there (default: ./${DEFAULT_INPUT}, made if it is
                           not there)
  FOLDER/*                 one channel for each folder in it, as they come
                           and go: quote it, as in './cams/*'; FOLDER is
                           that, too, if it holds folders with frames but
                           no frame itself
  FILE                     an animated GIF, finished or still growing,
                           or a named pipe
  VIDEO                    what ffmpeg can play: a video file, an address
                           (rtmp://, rtsp://, http://), /dev/video0, or
                           lavfi:GRAPH
  ${STDIN_INPUT}                        an animated GIF on standard input
  ${TEST_INPUT}                    a live test pattern
  ${INGEST_INPUT}                  frames that are sent to /NAME/frames

Each INPUT is a channel, at /NAME.gif. A NAME is 1 to 64 of A-Z, a-z, 0-9, _
and -. An INPUT without one gives its own: ./yard is yard, rtsp://door/1 is
door; a single one is live. With FOLDER/*, NAME- goes before the folders' names.
What has a = in its own path is written ./a=b. An option counts for all inputs
that it fits.

${OPTION_GROUPS.map(groupHelp).join("\n\n")}

Examples:
  gifstream ${TEST_INPUT}                       try it: http://127.0.0.1:8080/
  gifstream frames --host 0.0.0.0       let other machines watch
  gifstream --delete-after 20           do not let the folder grow
  gifstream clip.gif --loop             a GIF that never ends of one that does
  gifstream rtsp://camera/1 --size 640  a camera
  gifstream door=rtsp://10.0.0.5/1 yard=./frames lobby=/dev/video0
                                        three: /door.gif, /yard.gif, /lobby.gif
  gifstream './cams/*' --poll 500       a channel for each folder on a share
  gifstream rtsp://a/1 rtsp://b/1 --on-demand
                                        cameras that run while they are watched

Frames for the default folder, from a video file played in real time:
${ffmpegRecipe(DEFAULT_INPUT).map((line) => `  ${line}`).join("\n")}

Show it anywhere: <img src="http://127.0.0.1:8080/live.gif">
`;
}

/** The lines of the command that writes a folder of frames today. */
export function ffmpegRecipe(folder: string): string[] {
  return [
    "ffmpeg -re -i video.mp4 -r 10 -vf scale=480:-2 -f image2 -c:v gif \\",
    `  -gifimage 1 '${folder.replace(/\/+$/, "")}/in%d.gif'`,
  ];
}

function groupHelp({ heading, options }: OptionGroup): string {
  return [`${heading}:`, ...options.map(optionHelp)].join("\n");
}

function optionHelp(rule: OptionRule): string {
  const head = `  --${rule.name}${rule.value ? ` ${rule.value}` : ""}`;
  const lines: string[] = [...rule.help];
  if (rule.default !== undefined) {
    const note = `(default: ${rule.default})`;
    const last = `${lines.at(-1)} ${note}`;
    if (last.length <= COLUMNS - HELP_COLUMN) lines[lines.length - 1] = last;
    else lines.push(note);
  }
  if (head.length > HELP_COLUMN - 1) lines.unshift("");
  return lines
    .map((line, i) =>
      ((i === 0 ? head : "").padEnd(HELP_COLUMN) + line).trimEnd()
    )
    .join("\n");
}
