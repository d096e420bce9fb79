import type { OptionGroup } from "./option_rule.ts";

const WHOLE = { integer: true };

/** Options of viewers, and of how many there may be. */
export const VIEWERS: OptionGroup = {
  heading: "Viewers",
  options: [
    {
      name: "backlog",
      ofInput: true,
      value: "SECONDS",
      default: "0",
      number: { min: 0, max: 3600 },
      help: ["begin this far in the past"],
    },
    {
      name: "keep",
      ofInput: true,
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
      live: true,
      value: "N",
      default: "10000",
      number: { min: 1, max: 1e6, ...WHOLE },
      help: [
        "most viewers of all channels together; further",
        "viewers are refused. Walls have a limit of",
        "their own, 200",
      ],
    },
    {
      name: "max-channel-viewers",
      ofInput: true,
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
      ofInput: true,
      value: "SECONDS",
      default: "30",
      number: { min: 1, max: 86_400 },
      help: ["cut off viewers that take nothing for so long"],
    },
  ],
};
