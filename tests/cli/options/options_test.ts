import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import deno from "../../../deno.json" with { type: "json" };
import { helpText } from "../../../src/cli/options/help.ts";
import { parseOptions } from "../../support/program/parse_options.ts";
import { UsageError } from "../../../src/cli/options/usage_error.ts";

const DEFAULTS = {
  inputs: [{ input: "input" }],
  channels: undefined,
  onDemand: false,
  warmUpPictures: 0,
  maxChannelViewers: undefined,
  maxAddressViewers: undefined,
  host: "127.0.0.1",
  port: 8080,
  framesPerSecond: undefined,
  delayCentiseconds: 2,
  backlogSeconds: 0,
  keepSeconds: 30,
  deleteAfterSeconds: undefined,
  pollMilliseconds: undefined,
  maxViewers: 10_000,
  stallTimeoutSeconds: 30,
  log: "text" as const,
  service: undefined,
  loop: false,
  onResize: "end" as const,
  keepUnchanged: false,
  server: "deno" as const,
  workers: 1,
  size: {},
  maxPixels: 40_000_000,
  turn: 1,
  timestamp: false,
  filter: undefined,
  quality: undefined,
  bitsPerSecond: undefined,
  mode: "balanced" as const,
  dither: "none" as const,
  output: undefined,
  durationSeconds: undefined,
  maxBytes: undefined,
  plays: undefined,
  rtspTransport: undefined,
  inputArguments: [],
  viewerToken: undefined,
  viewerTokenFile: undefined,
  viewerBasicFile: undefined,
  allowOrigin: ["*"],
  allowHost: [],
  ingest: false,
  ingestTokenFile: undefined,
  anyIngestAuthentication: false,
  socket: undefined,
  socketMode: undefined,
  socketGroup: undefined,
  tls: undefined,
  basePath: "",
  trustProxy: false,
  publish: [],
  redisPrefix: "gifstream",
  redisCaFile: undefined,
  redisPasswordFile: undefined,
};

/** The options, but for what tells where they are given. */
function optionsIn(args: string[]): unknown {
  const options = parseOptions(args);
  assert(typeof options === "object");
  const { given: _, isConfigured, ...others } = options;
  assertEquals(isConfigured, false);
  return others;
}

Deno.test("parseOptions() has a default for everything", () => {
  assertEquals(optionsIn([]), DEFAULTS);
});

Deno.test("parseOptions() takes every option, with = or without", () => {
  const args = [
    ..."frames --host 0.0.0.0 --port=0 --fps 12.5 --delay 4".split(" "),
    ..."--backlog 10 --keep 60 --delete-after 0.5 --poll=250 --loop".split(" "),
    ..."--size 640 --quality 80 --bitrate 1.5M --mode best --dither auto".split(
      " ",
    ),
    ..."--output a.gif --duration 9 --max-bytes 2M --plays 3".split(" "),
    "--rtsp-transport=http",
    "--input-args=-ss 60",
    "--filter=vflip",
    ..."--max-pixels 99 --ingest-auth any --rotate 90 --flip --timestamp".split(
      " ",
    ),
    ..."--on-resize place --keep-unchanged --server node --workers 3".split(
      " ",
    ),
    ..."--channels ^cam --on-demand --max-channel-viewers 4 --warm-up 7".split(
      " ",
    ),
    ..."--max-viewers 5 --stall-timeout 9 --log json".split(" "),
    ..."--viewer-token-file v --viewer-basic-file b --ingest".split(" "),
    ..."--ingest-token-file i --base-path cams/ --trust-proxy".split(" "),
    ..."--allow-origin https://a.example --allow-origin=http://b:81".split(" "),
    "--allow-host=cams.example.org",
    ..."--publish redis://me:pw@a:7/2 --redis-prefix cams".split(" "),
    ..."--redis-ca ca --redis-password-file p".split(" "),
    "--publish=http://b/pub?id={channel}",
  ];
  assertEquals(optionsIn(args), {
    inputs: [{ input: "frames" }],
    channels: /^cam/,
    onDemand: true,
    warmUpPictures: 7,
    maxChannelViewers: 4,
    maxAddressViewers: undefined,
    host: "0.0.0.0",
    port: 0,
    framesPerSecond: 12.5,
    delayCentiseconds: 4,
    backlogSeconds: 10,
    keepSeconds: 60,
    deleteAfterSeconds: 0.5,
    pollMilliseconds: 250,
    maxViewers: 5,
    stallTimeoutSeconds: 9,
    log: "json",
    service: undefined,
    loop: true,
    onResize: "place",
    keepUnchanged: true,
    server: "node",
    workers: 3,
    size: { width: 640 },
    maxPixels: 99,
    turn: 5,
    timestamp: true,
    filter: "vflip",
    quality: 80,
    dither: "auto",
    output: "a.gif",
    durationSeconds: 9,
    maxBytes: 2_000_000,
    plays: 3,
    bitsPerSecond: 1_500_000,
    mode: "best",
    rtspTransport: "http",
    inputArguments: ["-ss", "60"],
    viewerToken: undefined,
    viewerTokenFile: "v",
    viewerBasicFile: "b",
    allowOrigin: ["https://a.example", "http://b:81"],
    allowHost: ["cams.example.org"],
    ingest: true,
    ingestTokenFile: "i",
    anyIngestAuthentication: true,
    socket: undefined,
    socketMode: undefined,
    socketGroup: undefined,
    tls: undefined,
    basePath: "/cams",
    trustProxy: true,
    publish: [
      {
        kind: "redis",
        address: "redis://me:pw@a:7/2",
        shown: "redis://a:7/2",
        redisPrefix: "cams",
      },
      {
        kind: "nginx",
        address: "http://b/pub?id={channel}",
        shown: "http://b/...",
        redisPrefix: "cams",
      },
    ],
    redisPrefix: "cams",
    redisCaFile: "ca",
    redisPasswordFile: "p",
  });
});

Deno.test("parseOptions() refuses places where nothing can be published", () => {
  const refused = (args: string) =>
    assertThrows(() => parseOptions(args.split(" ")), UsageError).message;
  assertMatch(refused("--publish ftp://a"), /redis:\/\/HOST.*: ftp:\/\/a$/);
  assertMatch(refused("--publish redis:"), /redis:\/\/HOST/);
  assertEquals(
    refused("--publish http://x:y@a/pub?id=cam"),
    "Option --publish takes an address of nginx with {channel}, which stands " +
      "for the name of a channel: http://a/...",
  );
  assertEquals(
    refused("--publish http://a:99999/{channel}"),
    "Option --publish takes no such address: http://a:99999/...",
  );
  assertEquals(
    refused("--publish redis://x:y@a --publish redis://x:y@a"),
    "Option --publish is given twice for redis://a",
  );
  assertMatch(refused("--redis-prefix {a}"), /--redis-prefix takes 1 to 64/);
});

Deno.test("parseOptions() takes more time for files", () => {
  const file = parseOptions(["film.mp4", "--output", "-"]);
  assert(typeof file === "object");
  assertEquals(file.output, "-");
  assertEquals([file.mode, file.dither], ["best", "auto"]);
  const fast = parseOptions("film.mp4 --output=- --mode fast".split(" "));
  assert(typeof fast === "object");
  assertEquals(fast.mode, "fast");
});

Deno.test("parseOptions() knows how a server is reached", () => {
  const tls = parseOptions("--cert c.pem --key k.pem".split(" "));
  assert(typeof tls === "object");
  assertEquals(tls.tls, { certFile: "c.pem", keyFile: "k.pem" });
  const socket = parseOptions("--socket s --viewer-token t".split(" "));
  assert(typeof socket === "object");
  assertEquals(socket.socket, "s");
  assertEquals(socket.viewerToken, "t");
  assert(socket.trustProxy);
  const auto = parseOptions(["--workers", "auto"]);
  assert(typeof auto === "object");
  assertEquals(auto.workers, navigator.hardwareConcurrency);
});

Deno.test("parseOptions() has no folder for who sends all frames", () => {
  const options = parseOptions(["--ingest"]);
  assert(typeof options === "object");
  assertEquals(options.inputs, []);
});

Deno.test("parseOptions() knows help and version in both forms", () => {
  for (const flag of ["--help", "-h"]) {
    assertEquals(parseOptions(["x", flag]), "help");
  }
  assertEquals(parseOptions(["help"]), "help");
  for (const flag of ["--version", "-V", "-v", "version"]) {
    assertEquals(parseOptions([flag]), "version");
  }
});

Deno.test("parseOptions() takes folder names that look like numbers", () => {
  for (const input of ["42", "007", "1e3", "-", "--", "./--odd"]) {
    const args = input === "--" ? ["--", "-odd"] : [input];
    const options = parseOptions(args);
    assert(typeof options === "object");
    assertEquals(options.inputs, [{ input: input === "--" ? "-odd" : input }]);
  }
});

Deno.test("parseOptions() says what is wrong and what there is", () => {
  const cases: Record<string, string> = {
    "--prot 80": "No such option: --prot; did you mean --port?",
    "--backlogs=3": "No such option: --backlogs; did you mean --backlog?",
    "-p 80": "No such option: -p",
    "--port": "Option --port needs one value: --port N",
    "--port=": "Option --port needs one value: --port N",
    "--port 80 --port 81": "Option --port needs one value: --port N",
    "--port http": "Option --port takes a whole number from 0 to 65535: http",
    "--port 65536": "Option --port takes a whole number from 0 to 65535: 65536",
    "--port 1.5": "Option --port takes a whole number from 0 to 65535: 1.5",
    "--port 0x50": "Option --port takes a whole number from 0 to 65535: 0x50",
    "--fps 0": "Option --fps takes a number from 0.1 to 50: 0",
    "--delay=-1": "Option --delay takes a whole number from 0 to 65535: -1",
    "--fps -1": "Option --fps takes a number from 0.1 to 50: -1",
    "--port -.5 x": "Option --port takes a whole number from 0 to 65535: -.5",
    "--fps -x": "No such option: -x",
    "--log -1": "No such option: -1",
    "--channels (": "Option --channels takes a regular expression: Invalid",
    "api=x": "Cannot name channel: the name is reserved: api; try api-1=x, or",
    "a.b=x":
      "0-9, _ and -: a.b; try a-b=x, or ./a.b=x for a path that contains =",
    "a=": "Channel a has no input: a=",
    "--bitrate 1": "Option --bitrate takes bits a second from 1K to 1000M, " +
      "such as 800K or 2M: 1",
    "--bitrate 8Q": "Option --bitrate takes bits a second from 1K to 1000M, " +
      "such as 800K or 2M: 8Q",
    "--size 0x9":
      "Option --size takes a size such as 480x270, 480 or x270: 0x9",
    "--size big":
      "Option --size takes a size such as 480x270, 480 or x270: big",
    "--log xml": "Option --log takes text or json: xml",
    "--cert c": "Option --cert needs --key, too",
    "--cert c --key k --server node": "Option --cert needs --server deno",
    "--socket s --cert c --key k":
      "A Unix socket needs no --cert: nobody can eavesdrop on it",
    "--workers 0":
      "Option --workers takes a whole number from 1 to 256, or auto: 0",
    "--workers all":
      "Option --workers takes a whole number from 1 to 256, or auto: all",
    "--workers 2 --socket s": "Option --workers does not work with --socket",
    "--base-path a?b":
      "Option --base-path: Cannot use base path: expected one such as /cams, " +
      "found a?b",
    "--allow-origin example.org":
      "Option --allow-origin: Cannot allow origin: expected * or one such as " +
      "https://example.org, found example.org",
    "--viewer-token t --viewer-token-file f":
      "Option --viewer-token-file and --viewer-token: expected one of them",
    "--socket s --port 8080": "Option --port means nothing with --socket",
    "--host h --socket s": "Option --host means nothing with --socket",
    "--socket-mode 660": "Option --socket-mode is for --socket",
    "--socket s --socket-mode rw":
      "Option --socket-mode takes three octal digits, as 660: rw",
    "--no-host": "No such option: --no-host",
    "a=one b=two a=3": "Two inputs are named a: one and 3; try a-2=3",
  };
  for (const [line, message] of Object.entries(cases)) {
    assertThrows(() => parseOptions(line.split(" ")), UsageError, message);
  }
});

Deno.test("helpText() is what docs/options.md shows", async () => {
  const document = new URL("../../../docs/options.md", import.meta.url);
  const text = await Deno.readTextFile(document);
  assert(text.includes(helpText(deno.version)), "Update docs/options.md");
});

Deno.test("helpText() fits 80 columns and names every option", () => {
  const help = helpText("1.2.3");
  for (const line of help.split("\n")) assert(line.length <= 80, line);
  for (const name of ["--host", "--delete-after", "--help", "test:"]) {
    assert(help.includes(name), name);
  }
});
