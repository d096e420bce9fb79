import { COMMAND_PREFIX } from "../../source/command_input.ts";
import { INGEST_INPUT, STDIN_INPUT, TEST_INPUT } from "./named_input.ts";
import type { OptionGroup, OptionRule } from "./option_rule.ts";
import { OPTION_GROUPS } from "./option_table.ts";
import { DEFAULT_INPUT } from "./options.ts";

const COLUMNS = 80;
const HELP_COLUMN = 27;

/** The text of `--help`, at most 80 columns wide. */
export function helpText(version: string): string {
  return `gifstream ${version}: live video in a plain <img> tag

  gifstream ${TEST_INPUT}                a test pattern, to try it
  gifstream ./frames             a folder that a program fills with pictures
  gifstream rtsp://10.0.0.5/1    a camera

Then open http://127.0.0.1:8080/: a page shows the stream live. Any other page
shows it by <img src="http://127.0.0.1:8080/live.gif">.

Usage: gifstream [[NAME=]INPUT ...] [OPTIONS]

INPUT is the source of the pictures:
  FOLDER                   GIF, JPEG or PNG files, as a program writes them
                           (default: ./${DEFAULT_INPUT}); one with a / in its name
                           is made if it is missing
  FOLDER/*                 one channel for each folder in it; quote it, as
                           in './cams/*'. A FOLDER that holds folders with
                           pictures, but no picture, is one, too
  FILE                     a JPEG or PNG, shown again when it is written; an
                           animated GIF, finished or still growing; or a
                           named pipe
  VIDEO                    anything that ffmpeg can play: a video file, an
                           address (rtmp://, rtsp://, http://), a device
                           (/dev/video0, lavfi:GRAPH)
  ${STDIN_INPUT}                        standard input: GIF, JPEG or PNG, MJPEG, or
                           whatever ffmpeg can play
  ${COMMAND_PREFIX}COMMAND             the same from a command's standard output
  ${TEST_INPUT}                    a live test pattern
  ${INGEST_INPUT}                  pictures that are sent to /NAME/frames
  redis://HOST             one channel for each that another machine gives to
                           --publish redis://HOST; rediss:// for TLS

Each INPUT is a channel, at /NAME.gif. A NAME has 1 to 64 of A-Z, a-z, 0-9, _
and -. Without NAME, the INPUT gives it: ./yard is yard, rtsp://door/1 is door;
a single INPUT is live. With FOLDER/* or redis://, NAME- precedes their names.
Write ./a=b for a path that contains =. An option applies to all inputs that it
fits; in a configuration file (--config), an input may have its own.

Each option but the last five can stand in a configuration file, and in the
environment: --max-viewers as GIFSTREAM_MAX_VIEWERS; so can INPUTs, as
GIFSTREAM_INPUTS, one a line. The command line counts before the environment,
and that before the file. --no-loop and the like undo a switch.

${OPTION_GROUPS.map(groupHelp).join("\n\n")}

More examples:
  gifstream ./frames --host 0.0.0.0     let other machines watch
  gifstream --delete-after 20           keep the folder small
  gifstream clip.gif --loop             loop a finished GIF for ever
  gifstream film.mp4 --output film.gif  no server: a file, as small as can be
  gifstream rtsp://camera/1 --size 640  scale a camera down
  gifstream door=rtsp://10.0.0.5/1 yard=./frames lobby=/dev/video0
                                        three: /door.gif, /yard.gif, /lobby.gif
  gifstream './cams/*' --poll 500       a channel for each folder on a share
  gifstream rtsp://a/1 --publish redis://x
                                        and, on other machines:
  gifstream redis://x                   the same channel for more viewers
  gifstream rtsp://a/1 rtsp://b/1 --on-demand
                                        cameras that run while they are watched
  gifstream doctor rtsp://a/1 --port 80 no server: what this needs, and lacks

The line of state, each second on a terminal, each 10 s in a log:
  fps                      frames a second that go to viewers
  dropped                  frames that had no room, or came too late
  skipped                  pictures that slow viewers were not sent; the others
                           miss nothing
  live, idle               the source gives pictures; it waits for a viewer

To fill the default folder from a video file, in real time:
${ffmpegRecipe(DEFAULT_INPUT).map((line) => `  ${line}`).join("\n")}
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
