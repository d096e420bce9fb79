import { ENCODER_MODES } from "../../gif/encoder/effort.ts";
import { RTSP_TRANSPORTS } from "../../source/ffmpeg/ffmpeg_arguments.ts";
import { ACCESS, REACH } from "./access_table.ts";
import type { OptionGroup, OptionRule } from "./option_rule.ts";
import { PUBLISHING } from "./publish_table.ts";
import { SERVICE_ACTIONS } from "./service_action.ts";

const WHOLE = { integer: true };

const PICTURES: OptionGroup = {
  heading: "Pictures",
  options: [
    {
      name: "fps",
      value: "N",
      number: { min: 0.1, max: 50 },
      help: [
        "at most N frames a second. Of a folder: evenly",
        "spaced (default: each as it comes); of VIDEO",
        "and test: (default: 10); of pictures by HTTP:",
        "(default: all); of one picture by HTTP, how",
        "often it is asked for (default: 1)",
      ],
    },
    {
      name: "size",
      value: "WxH",
      help: [
        "scale VIDEO, JPEG and PNG; W or xH keeps the",
        "aspect (default: unchanged, but VIDEO at most",
        "480 wide)",
      ],
    },
    {
      name: "rotate",
      value: "DEGREES",
      choices: ["90", "180", "270"],
      help: ["turn pictures, but for sent GIFs, to the right"],
    },
    {
      name: "flip",
      help: [
        "mirror them, left and right; with --rotate 180:",
        "top and bottom",
      ],
    },
    {
      name: "timestamp",
      help: ["draw date and time into them"],
    },
    {
      name: "filter",
      value: "FILTER",
      help: [
        "a filter of ffmpeg's for VIDEO, as in",
        "--filter eq=brightness=0.1",
      ],
    },
    {
      name: "max-pixels",
      value: "N",
      default: "40000000",
      number: { min: 1, max: 2 ** 32 - 1, ...WHOLE },
      help: [
        "most pixels of a JPEG or PNG; those of more than",
        "8388608 are shown at a half, a quarter or an",
        "eighth of their size",
      ],
    },
    {
      name: "quality",
      value: "N",
      number: { min: 1, max: 100 },
      help: [
        "quality of VIDEO, JPEG and PNG, 1 to 100",
        "(default: 60; with --output 75)",
      ],
    },
    {
      name: "bitrate",
      value: "N",
      help: [
        "most bits a second of VIDEO, JPEG and PNG, as",
        "500K or 2M (default: no limit)",
      ],
    },
    {
      name: "mode",
      value: "MODE",
      choices: ENCODER_MODES,
      help: [
        "fast, balanced or best: fewer bytes for more",
        "time; lowered while it cannot keep up (default:",
        "balanced; with --output best)",
      ],
    },
    {
      name: "dither",
      value: "WHEN",
      choices: ["none", "auto", "always"],
      help: [
        "hide bands in soft colors by a fine pattern:",
        "none, auto (but in graphics) or always; twice",
        "the time (default: none; with --output auto)",
      ],
    },
    {
      name: "delay",
      value: "CS",
      default: "2",
      number: { min: 0, max: 65535, ...WHOLE },
      help: [
        "hundredths of a second for which players show",
        "a frame; 2 lets them catch up with live",
      ],
    },
    {
      name: "on-resize",
      value: "ACTION",
      default: "end",
      choices: ["end", "place"],
      help: [
        "when the size of the picture changes: end the",
        "GIF, so that viewers can come back; or place",
        "the picture in the first size",
      ],
    },
    {
      name: "keep-unchanged",
      help: ["send pictures that did not change, too"],
    },
  ],
};

const INPUTS: OptionGroup = {
  heading: "Inputs",
  options: [
    {
      name: "input-file",
      value: "FILE",
      help: [
        "read more INPUTs from a file, one a line; other",
        "users of this machine can see those given here",
      ],
    },
    {
      name: "loop",
      help: ["play a finished file again and again"],
    },
    {
      name: "channels",
      value: "REGEX",
      help: [
        "with FOLDER/*: only folders whose names match",
        "(default: all)",
      ],
    },
    {
      name: "on-demand",
      help: [
        "run a source only while somebody watches, and",
        "10 s more",
      ],
    },
    {
      name: "warm-up",
      value: "N",
      default: "0",
      number: { min: 0, max: 1000, ...WHOLE },
      help: [
        "with --on-demand: drop the first N pictures of",
        "VIDEO each time it starts, while a camera finds",
        "its exposure",
      ],
    },
    {
      name: "input-args",
      value: "ARGS",
      help: [
        "options for ffmpeg to open the input, as in",
        "--input-args='-ss 60'",
      ],
    },
    {
      name: "rtsp-transport",
      value: "HOW",
      choices: RTSP_TRANSPORTS,
      help: [
        "tcp, udp, udp_multicast, http or https (default:",
        "tcp, and udp where a camera refuses that)",
      ],
    },
    {
      name: "poll",
      value: "MS",
      number: { min: 10, max: 60_000, ...WHOLE },
      help: [
        "look into the folder this often; for folders",
        "that report no changes (NFS, SMB, some mounts)",
      ],
    },
    {
      name: "delete-after",
      value: "SECONDS",
      number: { min: 0.1, max: 1e9 },
      help: [
        "remove frames from the folder at this age",
        "(default: keep them)",
      ],
    },
  ],
};

const FILE: OptionGroup = {
  heading: "File",
  options: [
    {
      name: "output",
      value: "FILE.gif",
      help: [
        "write INPUT to a file and end, instead of serving",
        "it: films as fast as it goes, cameras, streams and",
        "empty folders as they come; - is standard output",
      ],
    },
    {
      name: "duration",
      value: "SECONDS",
      number: { min: 0.02, max: 1e6 },
      help: [
        "end the file after so long (default: when INPUT",
        "ends, or at Ctrl-C)",
      ],
    },
    {
      name: "max-bytes",
      value: "N",
      help: [
        "the best quality whose file has at most so many",
        "bytes, as 500K or 8M; encodes several times",
      ],
    },
    {
      name: "plays",
      value: "N",
      number: { min: 0, max: 65536, ...WHOLE },
      help: [
        "how often players show the file; 0: for ever",
        "(default: 0)",
      ],
    },
  ],
};

const VIEWERS: OptionGroup = {
  heading: "Viewers",
  options: [
    {
      name: "backlog",
      value: "SECONDS",
      default: "0",
      number: { min: 0, max: 3600 },
      help: ["begin this far in the past"],
    },
    {
      name: "keep",
      value: "SECONDS",
      default: "30",
      number: { min: 0, max: 3600 },
      help: [
        "the past that clips, snapshots and ?backlog=",
        "can show, at most 64 MB a channel",
      ],
    },
    {
      name: "max-viewers",
      value: "N",
      default: "10000",
      number: { min: 1, max: 1e6, ...WHOLE },
      help: [
        "most viewers of all channels together; further",
        "viewers are refused",
      ],
    },
    {
      name: "max-channel-viewers",
      value: "N",
      number: { min: 1, max: 1e6, ...WHOLE },
      help: ["most viewers of each channel (default: as many)"],
    },
    {
      name: "max-address-viewers",
      value: "N",
      number: { min: 1, max: 1e6, ...WHOLE },
      help: ["most viewers from one address (default: no limit)"],
    },
    {
      name: "stall-timeout",
      value: "SECONDS",
      default: "30",
      number: { min: 1, max: 86_400 },
      help: ["cut off viewers that take nothing for so long"],
    },
  ],
};

const SERVER: OptionGroup = {
  heading: "Server",
  options: [
    {
      name: "host",
      value: "ADDRESS",
      default: "127.0.0.1",
      help: ["listen on this address; 0.0.0.0 lets other", "machines watch"],
    },
    {
      name: "port",
      value: "N",
      default: "8080",
      number: { min: 0, max: 65535, ...WHOLE },
      help: ["listen on this port; 0 takes any free one"],
    },
    ...REACH,
    {
      name: "server",
      value: "KIND",
      default: "deno",
      choices: ["deno", "node"],
      help: [
        "deno serves by web streams; node by sockets,",
        "with a tenth of the memory a viewer, less CPU",
      ],
    },
    {
      name: "workers",
      value: "N",
      default: "1",
      help: [
        "threads that share the viewers' connections;",
        "auto: as many as there are cores. deno needs",
        "deno run --unstable-net for it, node does not",
      ],
    },
  ],
};

const PROGRAM: OptionGroup = {
  heading: "Program",
  options: [
    {
      name: "log",
      value: "FORMAT",
      default: "text",
      choices: ["text", "json"],
      help: ["text, or json with one object a line"],
    },
    {
      name: "service",
      value: "ACTION",
      choices: SERVICE_ACTIONS,
      help: [
        "of systemd: print its unit for the rest of this",
        "command line; install and start it, now and with",
        "the machine; or remove it",
      ],
    },
    { name: "help", help: ["show this help"] },
    { name: "version", help: ["show the version"] },
  ],
};

/** Every option: what is parsed, its default and its help come from here. */
export const OPTION_GROUPS: readonly OptionGroup[] = [
  INPUTS,
  PICTURES,
  FILE,
  VIEWERS,
  ACCESS,
  SERVER,
  PUBLISHING,
  PROGRAM,
];

/** The same without their headings. */
export const OPTIONS: readonly OptionRule[] = OPTION_GROUPS.flatMap(
  ({ options }) => options,
);
