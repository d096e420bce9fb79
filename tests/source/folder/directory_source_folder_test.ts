import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { delay } from "@std/async/delay";
import { DirectorySource } from "../../../src/source/folder/directory_source.ts";
import { compareNames } from "../../../src/source/folder/frame_order.ts";
import { FAULTS, shell } from "../../support/folder/folder_faults.ts";
import {
  FolderFixture,
  MODES,
  numberedGif,
  until,
} from "../../support/folder/folder_fixture.ts";
import { bytes } from "../../support/gif/gif_bytes.ts";
import {
  failingWorkers,
  UNWATCHING,
} from "../../support/program/failing_workers.ts";

/** Runs a program beside the folder, with these rights and no others. */
async function runScript(
  fixture: FolderFixture,
  rights: string[],
  code: string,
): Promise<{ stdout: string; stderr: string }> {
  const root = new URL("../../../", import.meta.url);
  const script = `${fixture.parent}/script.ts`;
  await Deno.writeTextFile(
    script,
    `import { DirectorySource } from "${root}src/source/folder/directory_source.ts";
    try {
      ${code}
    } catch (error) {
      console.log(error.message);
    }`,
  );
  const config = `--config=${new URL("deno.json", root).pathname}`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", config, ...rights, script],
    cwd: fixture.parent,
  }).output();
  const text = new TextDecoder();
  return { stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

for (const [mode, options] of MODES) {
  Deno.test(`DirectorySource makes the folder, ${mode}`, async () => {
    await using fixture = await FolderFixture.create();
    await Deno.remove(fixture.folder);
    fixture.begin(options);
    await until(() => fixture.notices.length > 0, () => "a notice");
    assertStringIncludes(fixture.notices[0], fixture.folder);
    await fixture.write("in1.gif", numberedGif(1));
    await fixture.hasFrames(1);
  });

  Deno.test(`DirectorySource goes on in a folder made anew, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    for (const round of [0, 10, 20]) {
      for (const number of [1, 2, 3]) {
        await fixture.write(`in${number}.gif`, numberedGif(round + number));
        await fixture.hasNumber(round + number);
      }
      await Deno.remove(fixture.folder, { recursive: true });
      // The third time before anybody can have seen that it was gone.
      if (round < 20) await fixture.hasWarning("is gone");
      fixture.warnings.length = 0;
      await Deno.mkdir(fixture.folder);
    }
    await fixture.write("in2.gif", numberedGif(32));
    await fixture.hasNumber(32);
    const expected = [1, 2, 3, 11, 12, 13, 21, 22, 23, 32];
    assertEquals(fixture.numbers, expected);
  });

  Deno.test(`DirectorySource takes what came with a new folder, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    await fixture.write("in1.gif", numberedGif(1));
    await fixture.hasFrames(1);
    const next = `${fixture.parent}/next`;
    await Deno.mkdir(next);
    for (const number of [2, 3, 4]) {
      await Deno.writeFile(`${next}/in${number}.gif`, numberedGif(number));
    }
    await Deno.remove(fixture.folder, { recursive: true });
    await Deno.rename(next, fixture.folder);
    await fixture.hasNumber(4);
    assertEquals(fixture.numbers, [1, 2, 3, 4]);
  });

  Deno.test(`DirectorySource yields nothing twice of a folder moved away and back, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    for (const number of [1, 2, 3]) {
      await fixture.write(`in${number}.gif`, numberedGif(number));
      await fixture.hasFrames(number);
    }
    const away = `${fixture.parent}/away`;
    await Deno.rename(fixture.folder, away);
    await fixture.hasWarning("is gone");
    await Deno.writeFile(`${away}/in4.gif`, numberedGif(4));
    await Deno.rename(away, fixture.folder);
    await fixture.hasNumber(4);
    await fixture.write("in5.gif", numberedGif(5));
    await fixture.hasNumber(5);
    assertEquals(fixture.numbers, [1, 2, 3, 4, 5]);
  });

  Deno.test(`DirectorySource leaves alone what is no frame, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    await fixture.write("notes.txt", bytes("x"));
    await fixture.write(".hidden.gif", numberedGif(1));
    await fixture.write("in1.gif.part", numberedGif(2));
    await fixture.write("gif", numberedGif(3));
    await Deno.mkdir(fixture.path("folder.gif"));
    await Deno.writeFile(fixture.path("folder.gif/in1.gif"), numberedGif(4));
    await Deno.symlink("/dev/zero", fixture.path("zero.gif"));
    await Deno.symlink("/nowhere", fixture.path("broken.gif"));
    const pipe = await new Deno.Command("mkfifo", {
      args: [fixture.path("pipe.gif")],
    }).output();
    assertEquals(pipe.success, true);
    await fixture.write("UPPER1.GIF", numberedGif(5));
    await fixture.hasFrames(1);
    assertEquals(fixture.names, ["UPPER1.GIF"]);
  });

  Deno.test(`DirectorySource starts in a folder full of other things, ${mode}`, async () => {
    await using fixture = await FolderFixture.create();
    for (let i = 0; i < 30; i++) {
      await fixture.write(`x${i}.gif`, bytes("no GIF"));
    }
    await Deno.mkdir(fixture.path("in3.gif"));
    const pipe = await new Deno.Command("mkfifo", {
      args: [fixture.path("in2.gif")],
    }).output();
    assertEquals(pipe.success, true);
    await fixture.start(options);
    await fixture.write("in1.gif", numberedGif(1));
    await fixture.hasFrames(1);
    assertEquals(fixture.numbers, [1]);
  });

  Deno.test(`DirectorySource names what is wrong with a file, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    await fixture.write("in1.gif", bytes("RIFF....WEBP"));
    await fixture.hasWarning("in1.gif: ");
    assertStringIncludes(fixture.warnings[0], "WebP");
    assertStringIncludes(fixture.warnings[0], "-c:v gif");
    await fixture.write(
      "in2.gif",
      bytes([0x21, 0xf9, 4, 0, 0, 0, 0, 0], [
        ...numberedGif(1).subarray(27),
      ]),
    );
    await fixture.hasWarning("in2.gif: ");
    assertStringIncludes(fixture.warnings[1], "bare GIF frame");
    await fixture.write("in1.gif", numberedGif(1));
    await fixture.hasFrames(1);
    assertEquals(fixture.source.stats.errors.format, 3);
    assertEquals(fixture.warnings.length, 2);
  });

  Deno.test(`DirectorySource removes all old frames, and no other files, ${mode}`, async () => {
    await using fixture = await FolderFixture.create();
    await fixture.write("in0.gif", numberedGif(90));
    await delay(10);
    await fixture.write("in1.gif", numberedGif(1));
    await fixture.write("notes.txt", bytes("x"));
    await fixture.start({
      ...options,
      deleteAfterSeconds: 0.4,
      giveUpMilliseconds: 100,
    });
    await fixture.write("junk.gif", bytes("no GIF at all"));
    await fixture.write("half.gif", numberedGif(9).subarray(0, 30));
    await fixture.write("in2.gif", numberedGif(2));
    await fixture.hasNumber(2);
    await until(
      () => fixture.source.stats.deleted === 5,
      () => `5 deletions, got ${fixture.describe()}`,
    );
    await delay(300);
    const left: string[] = [];
    for await (const { name } of Deno.readDir(fixture.folder)) left.push(name);
    assertEquals(left, ["notes.txt"]);
    assertEquals(fixture.source.stats.deleted, 5);
  });

  Deno.test(`DirectorySource does not remove a file written again, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched({
      ...options,
      deleteAfterSeconds: 0.5,
    });
    await fixture.write("in1.gif", numberedGif(1));
    await fixture.hasFrames(1);
    // What replaced it was not read as a frame.
    await fixture.write("in1.gif", bytes("no GIF at all"));
    await fixture.hasWarning("in1.gif");
    await fixture.write("in2.gif", numberedGif(2));
    await until(
      () => fixture.source.stats.deleted === 1,
      () => `a deletion, got ${fixture.describe()}`,
    );
    assertEquals(
      await Deno.readTextFile(fixture.path("in1.gif")),
      "no GIF at all",
    );
  });

  Deno.test(`DirectorySource fails when the folder is a file, ${mode}`, async () => {
    await using fixture = await FolderFixture.create();
    const path = `${fixture.parent}/file`;
    await Deno.writeTextFile(path, "x");
    const source = new DirectorySource(path, options);
    await assertRejects(
      () => source[Symbol.asyncIterator]().next(),
      Error,
      `Cannot follow folder ${path}: it is no folder`,
    );
  });

  Deno.test(`DirectorySource works with rights for its folder only, ${mode}`, async () => {
    await using fixture = await FolderFixture.create();
    await Deno.remove(fixture.folder);
    const rights = ["--allow-read=input", "--allow-write=input"];
    const { stdout, stderr } = await runScript(
      fixture,
      rights,
      `const gif = new Uint8Array(${JSON.stringify([...numberedGif(1)])});
      await Deno.mkdir("input");
      await Deno.writeFile("input/in0.gif", gif);
      const source = new DirectorySource("input", {
        ...${JSON.stringify(options)},
        deleteAfterSeconds: 20,
      });
      let count = 0;
      for await (const { name } of source) {
        console.log(name);
        if (++count === 3) break;
        await Deno.writeFile("input/in" + count + ".gif", gif);
      }`,
    );
    assertEquals(stderr, "");
    assertEquals(stdout, "in0.gif\nin1.gif\nin2.gif\n");
  });
}

for (const [mode, options] of MODES) {
  Deno.test(`DirectorySource names once what has a name that is not UTF-8, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    await FAULTS["names that are not UTF-8"](fixture.folder);
    const warning = "Cannot look at \ufffd.gif: its name is not UTF-8";
    await fixture.hasWarning(warning);
    for (const number of [1, 2]) {
      await shell(fixture.folder, "echo x >$(printf '\\352').txt");
      await delay(1100);
      await fixture.write("in1.gif", numberedGif(number));
      await fixture.hasNumber(number);
    }
    const all = fixture.warnings.filter((each) => each.includes(warning));
    assertEquals(all.length, 1);
    assertEquals(fixture.source.stats.errors.other, 2);
  });

  Deno.test(`DirectorySource takes frames whose names have a backslash, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    await fixture.write("back\\slash.gif", numberedGif(1));
    await fixture.hasNumber(1);
    assertEquals(fixture.names, ["back\\slash.gif"]);
  });
}

Deno.test("DirectorySource says which rights are missing", async () => {
  await using fixture = await FolderFixture.create();
  const { stdout } = await runScript(
    fixture,
    [],
    `
    for await (const _ of new DirectorySource("input"));
  `,
  );
  assertStringIncludes(stdout, "Cannot follow folder input");
  assertStringIncludes(stdout, "--allow-read=input --allow-write=input");
});

for (const [mode, options] of MODES) {
  Deno.test(`DirectorySource passes over files it may not read, ${mode}`, async () => {
    await using fixture = await FolderFixture.create();
    await fixture.write("in1.gif", numberedGif(1));
    await fixture.write("in2.gif", numberedGif(2));
    const { stdout } = await runScript(
      fixture,
      [
        "--allow-read=input",
        "--allow-write=input",
        "--deny-read=input/in2.gif",
      ],
      `const warnings = [];
      const source = new DirectorySource("input", {
        ...${JSON.stringify(options)},
        onWarning: (text) => warnings.push(text),
      });
      for await (const { name } of source) {
        console.log(name, source.stats.errors.permission > 0, warnings[0]);
        break;
      }`,
    );
    assertStringIncludes(stdout, "in1.gif true Cannot look at in2.gif");
  });
}

Deno.test("DirectorySource recovers when events were lost", async () => {
  await using fixture = await FolderFixture.watched();
  await fixture.write("in1.gif", numberedGif(1));
  await fixture.hasFrames(1);
  // More events than the system keeps while nobody takes them.
  const gif = numberedGif(2);
  for (let i = 2; i <= 1500; i++) {
    Deno.writeFileSync(fixture.path(`in${i}.gif`), gif);
  }
  await until(
    () => fixture.names.includes("in1500.gif"),
    () => `the last frame, got ${fixture.describe()}`,
  );
  await fixture.write("in1501.gif", numberedGif(3));
  await fixture.hasNumber(3);
  const { stats } = fixture.source;
  await until(
    () => fixture.frames.length + stats.dropped + stats.late >= 1501,
    () => `what was lost, got ${fixture.describe()}`,
  );
  assertEquals(fixture.names.at(-1), "in1501.gif");
  const names = fixture.names.map(String);
  assertEquals(names, [...new Set(names)].sort(compareNames));
});

Deno.test("DirectorySource polls a folder that gives no events", async () => {
  await using fixture = await FolderFixture.watched();
  await fixture.write("in1.gif", numberedGif(1));
  await fixture.hasFrames(1);
  // Making a link changes a folder, and Deno tells nothing of it.
  for (let i = 0; fixture.warnings.length === 0; i++) {
    await Deno.symlink(fixture.parent, fixture.path(`link${i}`));
    await delay(100);
  }
  assertStringIncludes(fixture.warnings[0], "gives no events");
  await fixture.write("in2.gif", numberedGif(2));
  await fixture.hasFrames(2);
  await fixture.write("in2.gif", numberedGif(3));
  await fixture.hasFrames(3);
  assertEquals(fixture.numbers, [1, 2, 3]);
});

Deno.test("DirectorySource polls a folder while the system watches too many", async () => {
  await using fixture = await FolderFixture.create();
  using _ = failingWorkers(Infinity, UNWATCHING);
  fixture.begin();
  await fixture.hasWarning(
    "watch limit reached. about []: looking at it every",
  );
  await fixture.write("in1.gif", numberedGif(1));
  await fixture.hasNumber(1);
  assertEquals(fixture.warnings.length, 1);
});

Deno.test("DirectorySource waits for a folder that others make", async () => {
  await using fixture = await FolderFixture.create();
  await Deno.remove(fixture.folder);
  fixture.begin({ makesFolder: false });
  await delay(300);
  assertEquals([...Deno.readDirSync(fixture.parent)], []);
  await Deno.mkdir(fixture.folder);
  await fixture.write("in1.gif", numberedGif(1));
  await fixture.hasNumber(1);
});

Deno.test("DirectorySource goes on when a named pipe holds up events", async () => {
  await using fixture = await FolderFixture.watched();
  const pipe = await new Deno.Command("mkfifo", {
    args: [fixture.path("pipe.txt")],
  }).output();
  assertEquals(pipe.success, true);
  for (const number of [1, 2, 3]) {
    await fixture.write("live.gif", numberedGif(number));
    await fixture.hasNumber(number);
  }
  assertEquals(fixture.warnings, []);
});

Deno.test("DirectorySource goes on when the thread that watches breaks down", async () => {
  await using fixture = await FolderFixture.watched();
  {
    using _ = failingWorkers(1);
    await Deno.remove(fixture.folder, { recursive: true });
    await fixture.hasWarning("is gone");
    await Deno.mkdir(fixture.folder);
    await fixture.hasWarning("Cannot watch folders: Uncaught TypeError");
  }
  await fixture.write("in1.gif", numberedGif(1));
  await fixture.hasNumber(1);
});
