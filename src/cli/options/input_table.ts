import { RTSP_TRANSPORTS } from "../../source/ffmpeg/ffmpeg_arguments.ts";
import type { OptionGroup } from "./option_rule.ts";

const WHOLE = { integer: true };

/** Options of sources. */
export const INPUTS: OptionGroup = {
  heading: "Inputs",
  options: [
    {
      name: "input-file",
      isPath: true,
      value: "FILE",
      help: [
        "read more INPUTs from a file, one a line; other",
        "users of this machine can see those given here",
      ],
    },
    {
      name: "loop",
      ofInput: true,
      help: ["play a finished file again and again"],
    },
    {
      name: "channels",
      ofInput: true,
      value: "REGEX",
      help: [
        "with FOLDER/*: only folders whose names match",
        "(default: all)",
      ],
    },
    {
      name: "on-demand",
      ofInput: true,
      help: [
        "run a source only while somebody watches, and",
        "10 s more",
      ],
    },
    {
      name: "warm-up",
      ofInput: true,
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
      ofInput: true,
      value: "ARGS",
      help: [
        "options for ffmpeg to open the input, as in",
        "--input-args='-ss 60'",
      ],
    },
    {
      name: "rtsp-transport",
      ofInput: true,
      value: "HOW",
      choices: RTSP_TRANSPORTS,
      help: [
        "tcp, udp, udp_multicast, http or https (default:",
        "tcp, and udp where a camera refuses that)",
      ],
    },
    {
      name: "poll",
      ofInput: true,
      value: "MS",
      number: { min: 10, max: 60_000, ...WHOLE },
      help: [
        "look into the folder this often; for folders",
        "that report no changes (NFS, SMB, some mounts)",
      ],
    },
    {
      name: "delete-after",
      ofInput: true,
      value: "SECONDS",
      number: { min: 0.1, max: 1e9 },
      help: [
        "remove frames from the folder at this age",
        "(default: keep them)",
      ],
    },
  ],
};
