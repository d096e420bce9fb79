import type { OptionGroup, OptionRule } from "./option_rule.ts";

/** Options about who may watch, and who may send frames. */
export const ACCESS: OptionGroup = {
  heading: "Access",
  options: [
    {
      name: "viewer-token",
      value: "TOKEN",
      help: [
        "let only those watch who send this token, as a",
        "header (Authorization: Bearer TOKEN) or in the",
        "address (?token=TOKEN); others on this machine",
        "can see it here: better in a file, or in",
        "GIFSTREAM_VIEWER_TOKEN in the environment",
      ],
    },
    {
      name: "viewer-token-file",
      value: "FILE",
      help: ["read that token from a file"],
    },
    {
      name: "viewer-basic-file",
      value: "FILE",
      help: [
        "let those watch who know user and password,",
        "which a file has as USER:PASSWORD",
      ],
    },
    {
      name: "allow-origin",
      value: "ORIGIN",
      help: [
        "let only pages of this origin read what is",
        "served, as https://example.org; may be given",
        "several times (default: pages of any)",
      ],
    },
    {
      name: "ingest",
      help: [
        "make channels for the frames that are sent to",
        "/NAME/frames; alone, without INPUT, only those",
      ],
    },
    {
      name: "ingest-token-file",
      value: "FILE",
      help: [
        "read the token of those who send frames from a",
        "file (default: GIFSTREAM_TOKEN in the",
        "environment)",
      ],
    },
  ],
};

/** Options about how the server is reached, after host and port. */
export const REACH: readonly OptionRule[] = [
  {
    name: "socket",
    value: "PATH",
    help: ["listen on this Unix socket instead"],
  },
  {
    name: "cert",
    value: "FILE",
    help: [
      "serve HTTPS, and HTTP/2, with this certificate",
      "(PEM, and those that vouch for it behind it)",
    ],
  },
  {
    name: "key",
    value: "FILE",
    help: ["the certificate's private key (PEM)"],
  },
  {
    name: "base-path",
    value: "PATH",
    help: ["what all addresses begin with, as /cams"],
  },
  {
    name: "trust-proxy",
    help: [
      "believe X-Forwarded-Proto, -Host and -Prefix:",
      "if all requests come by a proxy that sets them",
      "(with --socket they are believed anyway)",
    ],
  },
];
