import { ACCESS, REACH } from "./access_table.ts";
import { INPUTS } from "./input_table.ts";
import type { OptionGroup, OptionRule } from "./option_rule.ts";
import { PICTURES } from "./picture_table.ts";
import { PUBLISHING } from "./publish_table.ts";
import { SERVICE_ACTIONS } from "./service_action.ts";
import { VIEWERS } from "./viewer_table.ts";

const WHOLE = { integer: true };

const FILE: OptionGroup = {
  heading: "File",
  options: [
    {
      name: "output",
      isPath: true,
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
        "bytes, as 500K or 8M; encodes several times, what",
        "comes only once when it has ended",
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
      onlyHere: true,
      choices: SERVICE_ACTIONS,
      help: [
        "of systemd: print its unit for the rest of this",
        "command line; install and start it, now and with",
        "the machine; or remove it",
      ],
    },
    {
      name: "config",
      value: "FILE.yaml",
      onlyHere: true,
      isPath: true,
      help: [
        "read options and inputs from this file; each",
        "input may have its own (docs/configuration.md)",
      ],
    },
    {
      name: "print-config",
      onlyHere: true,
      help: [
        "show what counts, and where it is given, as such",
        "a file without its secrets; then end",
      ],
    },
    {
      name: "completions",
      value: "SHELL",
      onlyHere: true,
      choices: ["bash", "zsh", "fish"],
      help: [
        "write what makes this shell complete options:",
        "bash, zsh or fish; then end",
      ],
    },
    { name: "help", onlyHere: true, help: ["show this help"] },
    { name: "version", onlyHere: true, help: ["show the version"] },
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
