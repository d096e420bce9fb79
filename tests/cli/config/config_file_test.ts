import { assert, assertEquals, assertThrows } from "@std/assert";
import { Ajv } from "ajv";
import { configOf } from "../../../src/cli/config/config_file.ts";
import { configSchema } from "../../../src/cli/config/config_schema.ts";
import { readCommandLine } from "../../../src/cli/options/command_line.ts";
import { parseInput } from "../../../src/cli/options/named_input.ts";
import {
  type CliOptions,
  optionsOf,
} from "../../../src/cli/options/options.ts";
import { UsageError } from "../../../src/cli/options/usage_error.ts";
import { schemaText } from "../../../tools/options.ts";
import { parse } from "@std/yaml/parse";

const DOCS = new URL("../../../docs/", import.meta.url);

/** The options of a file, an environment and a command line. */
function options(text: string, ...args: string[]): CliOptions {
  const { values, inputs } = readCommandLine(args);
  return optionsOf([
    configOf("c.yaml", text),
    { values, inputs: inputs.map(parseInput) },
  ]);
}

const THREE = `
# Cameras
port: 81
fps: 10
loop: true
allow-host: [a.example, "*.b.example"]
inputs:
  door:
    source: rtsp://10.0.0.5/1
    fps: 5
    size: 640
    on-demand: yes
  yard:
    source: ./frames
    delete-after: 20
    loop: false
  lobby: http://10.0.0.6/video.mjpg
`;

Deno.test("configOf() gives each input its own options", () => {
  const { inputs, ...all } = options(THREE);
  assertEquals(inputs.map(({ name, input }) => `${name}=${input}`), [
    "door=rtsp://10.0.0.5/1",
    "yard=./frames",
    "lobby=http://10.0.0.6/video.mjpg",
  ]);
  assertEquals(all.port, 81);
  assertEquals(all.allowHost, ["a.example", "*.b.example"]);
  assert(all.loop && !all.onDemand);
  const [door, yard, lobby] = inputs.map(({ own }) => own?.options);
  assertEquals([door?.framesPerSecond, yard?.framesPerSecond], [5, 10]);
  assertEquals([door?.onDemand, yard?.onDemand], [true, false]);
  assertEquals([door?.loop, yard?.loop], [true, false]);
  assertEquals([door?.size, yard?.size], [{ width: 640 }, {}]);
  assertEquals(yard?.deleteAfterSeconds, 20);
  assertEquals(lobby, undefined);
});

Deno.test("optionsOf() lets the command line count before all of a file", () => {
  const { inputs, ...all } = options(THREE, "--fps", "2", "--no-loop");
  assertEquals(all.framesPerSecond, 2);
  assert(!all.loop);
  assertEquals(inputs.map(({ own }) => own?.options.framesPerSecond), [
    2,
    2,
    undefined,
  ]);
  assertEquals(options(THREE, "test:").inputs, [{ input: "test:" }]);
  const onSocket = options(THREE, "--socket", "s");
  assertEquals([onSocket.socket, onSocket.port], ["s", 8080]);
  const withToken = options("viewer-token-file: f", "--viewer-token", "t");
  assertEquals(withToken.viewerTokenFile, undefined);
});

Deno.test("configOf() takes a list of inputs, and values as they stand", () => {
  const { inputs, viewerToken, rtspTransport } = options(`
viewer-token: 0123
rtsp-transport: udp
inputs:
  - "./cams/*"
  - door=rtsp://me:pw#1@h/1
  - source: "test:"
    name: test
    timestamp: on
`);
  assertEquals(viewerToken, "0123");
  assertEquals(rtspTransport, "udp");
  assertEquals(inputs.map(({ name, input }) => [name, input]), [
    [undefined, "./cams/*"],
    ["door", "rtsp://me:pw#1@h/1"],
    ["test", "test:"],
  ]);
  assert(inputs[2].own?.options.timestamp);
});

Deno.test("configOf() says line, what is wrong, and what was expected", () => {
  const cases: [text: string, message: string][] = [
    ["", "c.yaml, line 1: expected options, as port: 8080; found nothing"],
    ["- a", "c.yaml, line 1: expected options, as port: 8080; found a list"],
    ["a: 1\n\nprot: 3", "line 1: no such option: a"],
    ["port: 1\n\nprot: 3", "line 3: no such option: prot; did you mean port?"],
    ["port: 1\nport: 2", "line 2: expected YAML: Cannot store mapping pair"],
    ["port: 1\n fps: 2", "line 2: expected YAML: Cannot read block: bad ind"],
    ["inputs:\n  a: test:", "line 2: expected YAML: Cannot read block as expl"],
    ["inputs:\n  a: test:", 'a value that ends in ":", or has ": " in it, nee'],
    ["port: 1\nfps: x", "line 2: fps takes a number from 0.1 to 50: x"],
    ["port:\nfps: 3", "line 1: expected a value, as port: N; found nothing"],
    ["port: [1]", "line 1: expected a value, as port: N; found a list"],
    ["loop: perhaps", "c.yaml, line 1: loop takes true or false: perhaps"],
    ["log:\n  text", "log"],
    ["config: b", "line 1: only the command line can have config"],
    ["allow-host:\n  - a.example\n  - http://b", "line 1: allow-host: Cannot"],
    ["inputs: []", "line 1: expected inputs, as door: rtsp://10.0.0.5/1 on"],
    ["inputs:\n  a:\n  b: x", "line 2: expected an INPUT, as rtsp://"],
    ["inputs:\n  a b: x", "line 2: cannot name channel: it must be 1 to 64"],
    ["inputs:\n  api: x", "line 2: cannot name channel: the name is reserv"],
    ["inputs:\n  a:\n    fps: 3", "line 2: expected source: INPUT, found none"],
    [
      "inputs:\n  a:\n    fps: 3\n    sorce: x",
      "line 4: no such option: sorce; did you mean source?",
    ],
    [
      "inputs:\n  a:\n    source: x\n    port: 3",
      "line 4: port counts for all inputs: expected it at the left margin",
    ],
    [
      "inputs:\n  a:\n    source: x\n    fps: 3\n  b:\n    source: y\n    fps: z",
      "c.yaml, line 7: fps takes a number from 0.1 to 50: z",
    ],
    ["inputs:\n  - x\n  - name: y", "line 3: expected source: INPUT"],
    ["inputs:\n  - rtsp:/x", "line 2: Cannot play rtsp:..."],
    ["socket: s\nport: 3", "line 2: port means nothing with --socket"],
    ["cert: s", "c.yaml, line 1: cert needs --key, too"],
    ["publish: x", "c.yaml, line 1: publish takes an address such as redis"],
  ];
  for (const [text, message] of cases) {
    if (message === "log") options(text);
    else assertThrows(() => options(text), UsageError, message, text);
  }
});

Deno.test("configOf() shows nothing of a value in the error of another", () => {
  const text = "viewer-token: hidden-word\nfps: [\npublish: hidden-word";
  const { message } = assertThrows(() => options(text), UsageError);
  assert(!message.includes("hidden-word"), message);
});

Deno.test("configOf() takes hostile texts without hanging", () => {
  const texts = [
    "[".repeat(100_000),
    "a: &a [*a]",
    "inputs:\n" + "  a: x\n".repeat(5000),
    "\0\x01\x02",
    "__proto__: 1",
    "inputs:\n  __proto__: x\n  constructor: y",
    "? [a]\n: 1",
  ];
  for (const text of texts) {
    try {
      options(text);
    } catch (error) {
      assert(error instanceof UsageError, String(error));
    }
  }
});

Deno.test("docs/gifstream.schema.json is that of the options", async () => {
  const text = await Deno.readTextFile(new URL("gifstream.schema.json", DOCS));
  assert(text === schemaText(), "Run deno task options");
});

Deno.test("configSchema() allows what is taken, and nothing else", async () => {
  const allows = new Ajv({ allowUnionTypes: true }).compile(configSchema());
  const document = await Deno.readTextFile(new URL("configuration.md", DOCS));
  const examples = [...document.matchAll(/```yaml\n([^]*?)```/g)]
    .map(([, text]) => text);
  assert(examples.length >= 2);
  for (const text of [THREE, ...examples]) {
    options(text);
    assert(allows(parse(text)), JSON.stringify(allows.errors));
  }
  for (
    const text of [
      "prot: 3",
      "port: many",
      "port: 65536",
      "loop: maybe",
      "mode: slow",
      "inputs: {a: {fps: 3}}",
      "inputs: {a b: x}",
      "inputs: {a: {source: x, port: 3}}",
      "inputs: []",
      "config: x",
    ]
  ) assert(!allows(parse(text)), text);
});
