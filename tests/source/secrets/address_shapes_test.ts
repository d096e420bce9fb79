import { assert } from "@std/assert";
import fc from "fast-check";
import { nameInputs, titleOf } from "../../../src/cli/options/named_input.ts";
import { SecretWords } from "../../../src/source/secrets/secret_words.ts";
import { shownInput } from "../../../src/source/secrets/shown_input.ts";

/** Begins every secret, and nothing else. */
const MARK = /zqx/i;

const secret = fc.string({
  unit: fc.constantFrom(..."abcXYZ0189-._~"),
  minLength: 3,
  maxLength: 12,
}).map((text) => `zqx${text}`);

/** A secret as people write it into addresses: with or without escapes. */
const written = fc.oneof(
  secret,
  fc.tuple(secret, fc.constantFrom("@", ":", "/", "?", "#", "%", "&", "=", " "))
    .map(([text, mark]) => text + encodeURIComponent(mark)),
);
const scheme = fc.constantFrom(
  ...["rtsp", "rtsps", "http", "https", "rtmp", "rtmps", "srt", "tcp", "udp"],
  ...["rtp", "ftp", "mms", "HTTP", "RTSP", "redis", "rediss", "ws"],
);
const host = fc.constantFrom(
  ...["cam", "cam.lan:554", "10.0.0.5", "10.0.0.5:8554", "[fe80::1]:554"],
  ...["[::1]", "example.org"],
);
const user = fc.oneof(
  fc.constant(""),
  written.map((name) => `${name}@`),
  fc.tuple(fc.constantFrom("admin", "", "zqxme"), written)
    .map(([name, password]) => `${name}:${password}@`),
);
const folder = fc.oneof(
  fc.constantFrom("", "/live", "/h264/ch1", "/Streaming/Channels"),
  written.map((key) => `/${key}`),
  written.map((key) => `/live/${key}`),
  fc.tuple(written, written).map(([name, password]) =>
    `/user=${name}_password=${password}_channel=1_stream=0.sdp`
  ),
  written.map((password) => `/user=admin&password=${password}&channel=1`),
  written.map((token) => `/live;token=${token}/1`),
);
const end = fc.oneof(
  fc.constantFrom("", "/", "/1", "/main", "/snapshot.jpg", "/video.mjpg"),
  written.map((key) => `/${key}`),
  written.map((key) => `/${key}.m3u8`),
  written.map((key) => `/${key}.sdp`),
);
const query = fc.oneof(
  fc.constant(""),
  fc.tuple(fc.constantFrom("pwd", "token", "k", "streamid", "sig"), written)
    .map(([name, value]) => `?${name}=${value}`),
  written.map((key) => `?${key}`),
  fc.tuple(written, written).map(([a, b]) => `?user=${a}&pwd=${b}&x=1`),
);
const fragment = fc.oneof(fc.constant(""), written.map((key) => `#${key}`));

const address = fc.tuple(scheme, user, host, folder, end, query, fragment)
  .map(([scheme, ...rest]) => `${scheme}://${rest.join("")}`);

/** Ways in which other programs quote an address, or parts of it. */
const QUOTES: ((address: string) => string)[] = [
  (address) => `[in#0 @ 0x5581] Error opening ${address}: refused`,
  (address) => `Cannot open '${address}'.`,
  (address) => `"GET ${address.replace(/^\w+:\/\/[^/]*/, "")} HTTP/1.1" 404`,
  (address) => `method DESCRIBE failed: ${decodeURI(address)}`,
];

Deno.test("no secret of an address is shown, wherever in it", () => {
  fc.assert(
    fc.property(address, (input) => {
      const words = new SecretWords([input]);
      const shown = {
        input: shownInput(input),
        name: nameInputs([{ input, name: undefined }], false).join(),
        title: titleOf({ input, name: undefined }, "Live"),
        ours: words.hide(`Cannot play ${input}: no picture for 15 s`),
        theirs: QUOTES.map((quote) => words.hideAll(quote(input))).join("\n"),
      };
      for (const [where, text] of Object.entries(shown)) {
        assert(!MARK.test(text), `${where} of ${input}: ${text}`);
      }
    }),
    { numRuns: 1000 },
  );
});
