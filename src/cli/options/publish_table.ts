import type { OptionGroup } from "./option_rule.ts";

/** Options of other places that serve the channels. */
export const PUBLISHING: OptionGroup = {
  heading: "Other machines",
  options: [
    {
      name: "publish",
      isList: true,
      value: "ADDRESS",
      help: [
        "give all channels to redis://HOST, from which",
        "edges serve them: gifstream redis://HOST; or to",
        "nginx with Nchan (docs/nginx/nchan.conf), as",
        '"http://HOST/pub?id={channel}"; may be given',
        "several times",
      ],
    },
    {
      name: "redis-prefix",
      value: "NAME",
      default: "gifstream",
      help: ["what the names of all keys in Redis begin with"],
    },
    {
      name: "redis-password-file",
      isPath: true,
      value: "FILE",
      help: [
        "read Redis' password from a file: other users of",
        "this machine can see that of an address",
      ],
    },
    {
      name: "redis-ca",
      isPath: true,
      value: "FILE",
      help: [
        "trust certificates of rediss:// that are signed",
        "by those of this file (PEM)",
      ],
    },
  ],
};
