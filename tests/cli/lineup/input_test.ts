import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { checkOptions } from "../../../src/cli/lineup/check_options.ts";
import { folderOfFolders, inputKind } from "../../../src/cli/lineup/input.ts";
import type { CliOptions } from "../../../src/cli/options/options.ts";
import { UsageError } from "../../../src/cli/options/usage_error.ts";
import { DEVICE_FORMATS } from "../../../src/source/device_formats.ts";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { bytes, header, image, TRAILER } from "../../support/gif/gif_bytes.ts";
import { parseOptions } from "../../support/program/parse_options.ts";
import { Program } from "../../support/program/program.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);

function options(...args: string[]): CliOptions {
  const parsed = parseOptions(args);
  assert(typeof parsed === "object");
  return parsed;
}

Deno.test("inputKind() tells what the input is", () =>
  withFolder(async (folder) => {
    await Deno.writeFile(`${folder}/done.gif`, GIF);
    await Deno.writeFile(`${folder}/half.gif`, GIF.slice(0, -5));
    await Deno.mkdir(`${folder}/folder.gif`);
    const cases = {
      "test:": "test",
      "-": "stdin",
      [folder]: "folder",
      [`${folder}/folder.gif`]: "folder",
      [`${folder}/absent`]: "folder",
      [`${folder}/done.gif`]: "finished",
      [`${folder}/half.gif`]: "growing",
    };
    for (const [input, kind] of Object.entries(cases)) {
      assertEquals(await inputKind(input, options()), kind);
    }
  }));

Deno.test("inputKind() leaves to ffmpeg what ffmpeg calls a device", async () => {
  const inputs = DEVICE_FORMATS.map((format) => `${format}:0`);
  assert(inputs.includes("android_camera:0"));
  for (
    const input of [...inputs, "/dev/video0", "rtsp://camera/1", "RTSP://a/1"]
  ) assertEquals(await inputKind(input, options()), "video", input);
});

Deno.test("inputKind() lets ffmpeg open nothing by protocols of its own", async () => {
  const cases: [string, RegExp][] = [
    ["concat:a|b", /not let open anything .* write \.\/concat:a\|b$/],
    ["subfile,,start,0,end,9,,:a", /not let open/],
    ["subfile:a", /not let open/],
    ["data:image/gif;base64,secret", /^Cannot play data:\.\.\.: /],
    ["pipe:0", /not let open/],
    ["lavfi:", /expected a device or a graph/],
    ["=test:", /expected a name before =/],
    ["exec: ", /expected a command/],
    ["live.m3u8", /no such file; check its name, or start the program first/],
  ];
  for (const [input, words] of cases) {
    const error = await assertRejects(() => inputKind(input, options()), Error);
    assertMatch(error.message, words);
    assert(!error.message.includes("secret"));
  }
});

Deno.test("inputKind() tells a folder of folders from one of frames", () =>
  withFolder(async (folder) => {
    const kind = (...args: string[]) => inputKind(folder, options(...args));
    await Deno.mkdir(`${folder}/cam`);
    await Deno.mkdir(`${folder}/.git`);
    await Deno.writeFile(`${folder}/.git/1.gif`, GIF);
    await Deno.writeTextFile(`${folder}/notes.txt`, "");
    // Frames may be about to come into it.
    assertEquals(await kind(), "folder");
    assertEquals(await kind("--channels", "cam"), "folders");
    await Deno.writeFile(`${folder}/cam/1.gif`, GIF);
    assertEquals(await kind(), "folders");
    await Deno.writeFile(`${folder}/1.gif`, GIF);
    assertEquals(await kind(), "folder");
    assertEquals(await kind("--channels", "cam"), "folder");
    assertEquals(await inputKind(`${folder}/*`, options()), "folders");
    assertEquals(folderOfFolders(`${folder}/*`), folder);
    assertEquals(folderOfFolders(folder), folder);
    assertEquals(folderOfFolders("/*"), "/");
  }));

Deno.test("inputKind() makes no folder of a file that is not there", () =>
  withFolder(async (folder) => {
    const cases = [
      [`${folder}/typo.gif`],
      [`${folder}/TYPO.GIF`],
      [`${folder}/typo.mp4`],
      [`${folder}/typo`, "--loop"],
    ];
    for (const args of cases) {
      await assertRejects(
        () => inputKind(args[0], options(...args)),
        Error,
        `Cannot read ${args[0]}: there is no such file`,
      );
    }
  }));

Deno.test("inputKind() takes what is not there for a folder to be made", () =>
  withFolder(async (folder) => {
    for (const name of ["cam", "cam.mp4/", "v1.2", ".frames", "a.b/cam"]) {
      assertEquals(await inputKind(`${folder}/${name}`, options()), "folder");
    }
  }));

Deno.test("checkOptions() refuses what the kind of input does not heed", () => {
  const allowed = {
    test: ["--fps"],
    stdin: [],
    pipe: [],
    folder: ["--fps", "--delete-after", "--poll"],
    growing: ["--fps", "--poll"],
    finished: ["--loop"],
  };
  const given = [
    options("x", "--fps", "5"),
    options("x", "--delete-after", "5"),
    options("x", "--poll", "50"),
    options("x", "--loop"),
  ];
  const names = ["--fps", "--delete-after", "--poll", "--loop"];
  for (const [kind, heeded] of Object.entries(allowed)) {
    const check = (one: CliOptions) =>
      checkOptions(one, [{ input: "x", kind: kind as keyof typeof allowed }]);
    check(options("x", "--port", "0", "--delay", "9", "--keep-unchanged"));
    for (const [i, name] of names.entries()) {
      if ((heeded as string[]).includes(name)) check(given[i]);
      else {assertThrows(
          () => check(given[i]),
          UsageError,
          `Option ${name} works`,
        );}
    }
  }
});

Deno.test("checkOptions() says what the option is for, and what was named", () => {
  assertThrows(
    () =>
      checkOptions(options("--loop"), [{ input: "frames", kind: "folder" }]),
    UsageError,
    "Option --loop works only with finished GIF files and inputs that ffmpeg " +
      "plays: frames is a folder",
  );
  assertThrows(
    () =>
      checkOptions(options("--fps", "5"), [{
        input: "a.gif",
        kind: "finished",
      }]),
    UsageError,
    "Option --fps works only with folders, growing GIF files, JPEG or PNG " +
      "files, the test pattern and inputs that ffmpeg plays: a.gif is a finished GIF file",
  );
});

Deno.test("checkOptions() wants --on-demand for --warm-up", () => {
  const camera = [{ input: "rtsp://a/1", kind: "video" as const }];
  checkOptions(options("--warm-up", "5", "--on-demand"), camera);
  checkOptions(options("--warm-up", "0"), camera);
  assertThrows(
    () => checkOptions(options("--warm-up", "5"), camera),
    UsageError,
    "Option --warm-up works only with --on-demand",
  );
});

Deno.test("checkOptions() lets an option be that any of the inputs heeds", () => {
  const both = [
    { input: "a.gif", kind: "finished" as const },
    { input: "cams", kind: "folders" as const },
  ];
  for (const args of [["--loop"], ["--poll", "50"], ["--channels", "a"]]) {
    checkOptions(options(...args), both);
  }
  // What it is that could not be read is not known.
  checkOptions(options("--input-args=-ss 9"), [{
    input: "x",
    kind: undefined,
  }]);
  assertThrows(
    () => checkOptions(options("--input-args=-ss 9"), both),
    UsageError,
    "a.gif is a finished GIF file, cams is a folder of folders",
  );
});

Deno.test("gifstream refuses options and files before it serves", () =>
  withFolder(async (folder) => {
    const half = `${folder}/half.gif`;
    await Deno.writeFile(half, GIF.slice(0, -5));
    const cases: [string[], number, RegExp][] = [
      [["typo.gif", "--loop"], 1, /Cannot read typo\.gif: there is no such/],
      [["no\nfile.gif"], 1, /error: Cannot read no\\x0afile\.gif: there is/],
      [
        [half, "--delete-after", "0.1"],
        2,
        /--delete-after works only with fold/,
      ],
      [["test:", "--loop"], 2, /--loop works only with finished GIF files/],
      [
        ["a=one", "a=t\nwo"],
        2,
        /Two inputs are named a: one and t\\x0awo; try/,
      ],
    ];
    for (const [args, code, message] of cases) {
      await using program = new Program({
        args: [...args, "--port", "0"],
        cwd: folder,
      });
      assertEquals(await program.exitCode(), code, program.errorText);
      assertMatch(program.errorText, message);
      assert(!/^\s+at |Watch at/m.test(program.errorText), program.errorText);
    }
    const left = await Array.fromAsync(Deno.readDir(folder));
    assertEquals(left.map(({ name }) => name), ["half.gif"]);
  }));
