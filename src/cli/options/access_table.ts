import type { OptionGroup, OptionRule } from "./option_rule.ts";

/** Options of access: who may watch, and who may send frames. */
export const ACCESS: OptionGroup = {
  heading: "Access",
  options: [
    {
      name: "viewer-token",
      isSecret: true,
      live: true,
      value: "TOKEN",
      help: [
        "only viewers with this token may watch. They",
        "send it as a header (Authorization: Bearer",
        "TOKEN) or in the address (?token=TOKEN). Other",
        "users of this machine can see it here: put it",
        "into a file, or into the environment variable",
        "GIFSTREAM_VIEWER_TOKEN",
      ],
    },
    {
      name: "viewer-token-file",
      isPath: true,
      live: true,
      value: "FILE",
      help: ["read the viewers' token from a file"],
    },
    {
      name: "viewer-basic-file",
      isPath: true,
      live: true,
      value: "FILE",
      help: [
        "only viewers who know the user and password of",
        "this file (USER:PASSWORD) may watch",
      ],
    },
    {
      name: "allow-origin",
      isList: true,
      live: true,
      value: "ORIGIN",
      help: [
        "only scripts of this origin, as",
        "https://example.org, may read answers; can be",
        "given several times (default: any origin)",
      ],
    },
    {
      name: "allow-host",
      isList: true,
      live: true,
      value: "NAME",
      help: [
        "answer only under this name, as cams.example.org,",
        "or *.example.org, besides IP addresses and local",
        "names; can be given several times (default: any)",
      ],
    },
    {
      name: "ingest",
      help: [
        "make channels for frames that are sent to",
        "/NAME/frames; without INPUT, only those",
      ],
    },
    {
      name: "ingest-token-file",
      isPath: true,
      live: true,
      value: "FILE",
      help: [
        "read the token of senders from a file (default:",
        "the environment variable GIFSTREAM_TOKEN)",
      ],
    },
    {
      name: "ingest-auth",
      value: "WAY",
      default: "bearer",
      choices: ["bearer", "any"],
      help: [
        "how senders may send the token: as a header",
        "(Authorization: Bearer TOKEN); or in any way,",
        "for cameras that can do no more: as a password",
        "with any user, too, or as ?token=TOKEN",
      ],
    },
  ],
};

/** Options about how the server is reached, after host and port. */
export const REACH: readonly OptionRule[] = [
  {
    name: "socket",
    isPath: true,
    value: "PATH",
    help: ["listen on this Unix socket instead"],
  },
  {
    name: "socket-mode",
    value: "MODE",
    help: [
      "who may connect to it, as a file mode: 660 for",
      "its owner and its group (default: 660 with",
      "--socket-group, else by the umask, 755)",
    ],
  },
  {
    name: "socket-group",
    value: "GROUP",
    help: ["give it to this group, such as the proxy's"],
  },
  {
    name: "cert",
    isPath: true,
    value: "FILE",
    help: [
      "serve HTTPS, and HTTP/2, with this certificate",
      "(PEM, followed by its chain)",
    ],
  },
  {
    name: "key",
    isPath: true,
    value: "FILE",
    help: ["the certificate's private key (PEM)"],
  },
  {
    name: "base-path",
    value: "PATH",
    help: ["the beginning of all addresses, as /cams"],
  },
  {
    name: "trust-proxy",
    help: [
      "trust X-Forwarded-Proto, -Host and -Prefix. Use",
      "it if all requests come through a proxy that",
      "sets them (with --socket they are trusted)",
    ],
  },
];
