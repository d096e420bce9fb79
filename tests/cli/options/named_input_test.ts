import { assertEquals, assertThrows } from "@std/assert";
import { nameProblem } from "../../../src/channel/channel_name.ts";
import {
  checkNames,
  nameInputs,
  parseInput,
  titleOf,
} from "../../../src/cli/options/named_input.ts";
import { UsageError } from "../../../src/cli/options/usage_error.ts";

/** The names of inputs that are given none, of several. */
function namesOf(...inputs: string[]): string[] {
  return nameInputs(inputs.map((input) => ({ input })), false);
}

Deno.test("parseInput() takes what stands before the first = for a name", () => {
  const cases: Record<string, { name?: string; input: string }> = {
    "cam=./dir": { name: "cam", input: "./dir" },
    "a==b=c": { name: "a", input: "=b=c" },
    "./a=b": { input: "./a=b" },
    "/a=b": { input: "/a=b" },
    "=b": { input: "=b" },
    "lavfi:testsrc2=s=4x3": { input: "lavfi:testsrc2=s=4x3" },
    "x=lavfi:testsrc2=s=4x3": { name: "x", input: "lavfi:testsrc2=s=4x3" },
    "http://host/?a=b": { input: "http://host/?a=b" },
    "test:": { input: "test:" },
  };
  for (const [text, given] of Object.entries(cases)) {
    assertEquals(parseInput(text), given);
  }
});

Deno.test("parseInput() refuses names that channels cannot have", () => {
  const cases: Record<string, string> = {
    "front door=x": "A-Z, a-z, 0-9, _ and -: front door; try front-door=x,",
    "api=x": "the name is reserved: api; try api-1=x, or ./api=x for a",
    "käfer=x": "_ and -: käfer; try kafer=x",
    "?=x": "_ and -: ?; try channel=x",
    [`${"a".repeat(65)}=x`]: `; try ${"a".repeat(64)}=x`,
    "cam=": "Channel cam has no input: cam=",
  };
  for (const [text, message] of Object.entries(cases)) {
    assertThrows(() => parseInput(text), UsageError, message);
  }
});

Deno.test("parseInput() takes no mistyped address for a path", () => {
  const cases: Record<string, string> = {
    "rtsp:me:secret@cam":
      "Cannot play rtsp:...: expected an address such as rtsp://",
    "door=me:secret@cam/1": "Cannot play ...: expected an address",
    "cam/snap.cgi?user=me&pwd=secret": "Cannot play ...: expected an address",
    "snap.cgi?pwd=secret": "Cannot play ...: expected an address",
    "user=me&password=secret": "Cannot play ...: expected an address",
    "user=me_password=secret": "Cannot play ...: expected an address",
    "cam:554/user=me_password=x": "Cannot play ...: expected an address",
  };
  for (const [text, message] of Object.entries(cases)) {
    assertThrows(() => parseInput(text), UsageError, message);
  }
  for (const input of ["./me:1@home", "/a?b=c", "../a&b=c", "C:\\me@home"]) {
    assertEquals(parseInput(input), { input });
  }
});

Deno.test("parseInput() and checkNames() show no secrets of an address", () => {
  const camera = "rtsp://me:secret@cam/1?key=secret";
  assertThrows(
    () => parseInput(`front door=${camera}`),
    UsageError,
    "try front-door=rtsp://cam/1, or ./front door=rtsp://cam/1 for",
  );
  assertThrows(
    () =>
      checkNames([{ name: "a", input: camera }, { name: "a", input: camera }]),
    UsageError,
    "named a: rtsp://cam/1 and rtsp://cam/1; try a-2=rtsp://cam/1",
  );
});

Deno.test("checkNames() refuses one name for two inputs", () => {
  checkNames([{ input: "x" }, { input: "x" }, { name: "a", input: "x" }]);
  assertThrows(
    () =>
      checkNames([
        { name: "a", input: "x" },
        { name: "a-2", input: "y" },
        { name: "a", input: "z" },
      ]),
    UsageError,
    "Two inputs are named a: x and z; try a-3=z",
  );
});

Deno.test("nameInputs() calls inputs what people call them", () => {
  const names: Record<string, string> = {
    "./yard": "yard",
    "../cams/front door/": "front-door",
    "film.gif": "film",
    "in%d.gif": "in-d",
    "test:": "test",
    "-": "stdin",
    "/dev/video0": "video0",
    "v4l2:/dev/video1": "video1",
    "lavfi:testsrc2=s=320x200": "testsrc2",
    "rtsp://me:secret@garage:554/h264/main": "garage",
    "rtsp://192.168.1.7/1": "192-168-1-7",
    "https://host/films/night.mp4?token=x": "night",
    "./stream": "stream-1",
    ".": "channel",
    "rtsp://me:sec/ret@cam/1": "rtsp",
    "rtsp://lobby/user=me_password=secret_channel=1": "lobby",
    "rtmp://studio/app/secret": "studio",
    "srt://:9000?passphrase=secret": "srt",
    "lavfi:movie=rtsp\\\\://me\\\\:secret@cam": "movie",
  };
  assertEquals(namesOf(...Object.keys(names)), Object.values(names));
});

Deno.test("nameInputs() gives no name twice, and none that cannot be", () => {
  assertEquals(namesOf("a/yard", "b/yard", "b/yard", "b/yard"), [
    "yard",
    "b-yard",
    "yard-2",
    "yard-3",
  ]);
  assertEquals(namesOf("rtsp://nvr/1", "rtsp://nvr/2"), ["nvr", "nvr-2"]);
  const given = [{ input: "./yard" }, { name: "yard", input: "./other" }];
  assertEquals(nameInputs(given), ["yard-2", "yard"]);
  const odd = ["a".repeat(99), "a".repeat(98), "///", "??", "metrics"];
  for (const name of namesOf(...odd)) {
    assertEquals(nameProblem(name), undefined);
  }
});

Deno.test("nameInputs() calls a single input live", () => {
  assertEquals(nameInputs([{ input: "./yard" }]), ["live"]);
  assertEquals(nameInputs([{ name: "a", input: "./yard" }]), ["a"]);
});

Deno.test("titleOf() shows no secrets, and something in any case", () => {
  const cases: Record<string, string> = {
    "test:": "Test pattern",
    "-": "Standard input",
    "frames/yard": "yard",
    "clip.gif": "clip",
    ".": "Live",
    "rtsp://me:secret@garage/1?password=x": "1",
    "rtsp://me:secret@garage": "garage",
    "rtsp://me:secret@garage:554/": "garage:554",
    "rtsp://me:sec/ret@garage/1": "Live",
    "rtsp://garage/user=me_password=secret_channel=1": "garage",
    "rtmp://garage/app/secret": "garage",
    "http://garage/films/night%20sky.gif?pwd=secret": "night sky",
    "lavfi:movie=rtsp\\\\://me\\\\:secret@cam/secret": "lavfi:movie...",
  };
  for (const [input, title] of Object.entries(cases)) {
    assertEquals(titleOf({ input }, "Live"), title);
  }
  assertEquals(titleOf({ name: "a", input: "test:" }, "Live"), "a");
});
