import { ENCODER_MODES } from "../../gif/encoder/effort.ts";
import type { OptionGroup } from "./option_rule.ts";

const WHOLE = { integer: true };

/** Options of how pictures look, and of the encoder. */
export const PICTURES: OptionGroup = {
  heading: "Pictures",
  options: [
    {
      name: "fps",
      ofInput: true,
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
      ofInput: true,
      value: "WxH",
      help: [
        "scale VIDEO, JPEG and PNG; W or xH keeps the",
        "aspect (default: unchanged, but VIDEO at most",
        "480 wide)",
      ],
    },
    {
      name: "rotate",
      ofInput: true,
      value: "DEGREES",
      choices: ["90", "180", "270"],
      help: ["turn pictures to the right"],
    },
    {
      name: "flip",
      ofInput: true,
      help: [
        "mirror them, left and right; with --rotate 180:",
        "top and bottom",
      ],
    },
    {
      name: "timestamp",
      ofInput: true,
      help: ["draw date and time into them"],
    },
    {
      name: "filter",
      ofInput: true,
      value: "FILTER",
      help: [
        "a filter of ffmpeg's for VIDEO, as in",
        "--filter eq=brightness=0.1",
      ],
    },
    {
      name: "max-pixels",
      ofInput: true,
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
      ofInput: true,
      value: "N",
      number: { min: 1, max: 100 },
      help: [
        "quality of VIDEO, JPEG and PNG, 1 to 100",
        "(default: 60; with --output 75)",
      ],
    },
    {
      name: "bitrate",
      ofInput: true,
      value: "N",
      help: [
        "most bits a second of VIDEO, JPEG and PNG, as",
        "500K or 2M (default: no limit)",
      ],
    },
    {
      name: "mode",
      ofInput: true,
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
      ofInput: true,
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
      ofInput: true,
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
      ofInput: true,
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
      ofInput: true,
      help: ["send pictures that did not change, too"],
    },
  ],
};
