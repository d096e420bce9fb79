import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { delay } from "@std/async/delay";
import { DirectorySource } from "../../../src/source/folder/directory_source.ts";
import {
  FolderFixture,
  frameOf,
  MODES,
  numberedGif,
  numberedImage,
  until,
} from "../../support/folder/folder_fixture.ts";
import { bytes, header, image, TRAILER } from "../../support/gif/gif_bytes.ts";

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

for (const [mode, options] of MODES) {
  Deno.test(`DirectorySource yields files as they come, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    for (const number of range(1, 12)) {
      await fixture.write(`in${number}.gif`, numberedGif(number));
      await fixture.hasFrames(number);
    }
    assertEquals(fixture.numbers, range(1, 12));
    assertEquals(fixture.names, range(1, 12).map((n) => `in${n}.gif`));
    assertEquals(fixture.source.stats.frames, 12);
    assertEquals(fixture.source.stats.bytes, 12 * numberedGif(1).length);
    assertEquals(fixture.warnings, []);
  });

  Deno.test(`DirectorySource yields files renamed into place, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    for (const number of range(1, 5)) {
      await fixture.place(`in${number}.gif`, numberedGif(number));
      await fixture.hasFrames(number);
    }
    await fixture.write("in6.gif.tmp", numberedGif(6));
    await Deno.rename(fixture.path("in6.gif.tmp"), fixture.path("in6.gif"));
    await fixture.hasFrames(6);
    assertEquals(fixture.numbers, range(1, 6));
  });

  Deno.test(`DirectorySource yields each overwriting of one file, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    for (const number of range(1, 8)) {
      await fixture.write("live.gif", numberedGif(number));
      await fixture.hasFrames(number);
    }
    for (const number of range(9, 12)) {
      await fixture.place("live.gif", numberedGif(number));
      await fixture.hasFrames(number);
    }
    assertEquals(fixture.numbers, range(1, 12));
    assertEquals(new Set(fixture.names), new Set(["live.gif"]));
  });

  Deno.test(`DirectorySource yields numbering that starts again, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    for (const round of [0, 10, 20]) {
      for (const number of [8, 9, 10]) {
        // The second round overwrites, the third comes after a clean-up.
        if (round === 20 && number === 8) {
          for (const old of [8, 9, 10]) {
            await Deno.remove(fixture.path(`in${old}.gif`));
          }
        }
        await fixture.write(`in${number}.gif`, numberedGif(round + number));
        await fixture.hasNumber(round + number);
      }
    }
    assertEquals(fixture.numbers, [8, 9, 10, 18, 19, 20, 28, 29, 30]);
    assertEquals(fixture.source.stats.late, 0);
  });

  Deno.test(`DirectorySource yields a loop of the same pictures again, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    for (const round of [0, 1, 2]) {
      for (const number of [1, 2, 3]) {
        await fixture.write(`in${number}.gif`, numberedGif(number));
        await fixture.hasFrames(round * 3 + number);
        // File times are coarse: the next writing must look like another one.
        await delay(10);
      }
    }
    assertEquals(fixture.numbers, [1, 2, 3, 1, 2, 3, 1, 2, 3]);
  });

  Deno.test(`DirectorySource yields a loop over files that were touched, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    for (const number of [1, 2, 3]) {
      await fixture.write(`in${number}.gif`, numberedGif(number));
      await fixture.hasFrames(number);
    }
    const now = new Date();
    await Deno.utime(fixture.path("in3.gif"), now, now);
    await delay(50);
    for (const number of [1, 2, 3]) {
      await fixture.write(`in${number}.gif`, numberedGif(10 + number));
      await fixture.hasNumber(10 + number);
    }
    assertEquals(fixture.numbers, [1, 2, 3, 11, 12, 13]);
    assertEquals(fixture.source.stats.late, 0);
  });

  Deno.test(`DirectorySource yields what is written over a bad file, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    await fixture.write("in1.gif", bytes("no GIF at all"));
    await fixture.hasWarning("in1.gif");
    await fixture.write("in2.gif", numberedGif(2));
    await fixture.hasNumber(2);
    await fixture.write("in1.gif", numberedGif(11));
    await fixture.hasNumber(11);
    assertEquals(fixture.source.stats.late, 0);
  });

  Deno.test(`DirectorySource yields a burst in order, none twice, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    for (const number of range(1, 200)) {
      await fixture.write(`in${number}.gif`, numberedGif(number));
    }
    await fixture.hasNumber(200);
    const { dropped, late } = fixture.source.stats;
    const numbers = fixture.numbers;
    assertEquals(numbers.length + dropped, 200);
    assertEquals(late, 0);
    assertEquals(numbers, range(201 - numbers.length, 200));
  });

  Deno.test(`DirectorySource waits for half-written files, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    const gif = numberedGif(7);
    for (const length of [0, 3, 20, gif.length - 3]) {
      await fixture.write("in7.gif", gif.subarray(0, length));
      await delay(30);
    }
    assertEquals(fixture.frames, []);
    await fixture.write("in7.gif", gif);
    await fixture.hasFrames(1);
    assertEquals(fixture.numbers, [7]);
    assertEquals(fixture.warnings, []);
  });

  Deno.test(`DirectorySource gives up files that are never finished, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched({
      ...options,
      giveUpMilliseconds: 300,
    });
    const gif = numberedGif(1);
    await fixture.write("in1.gif", gif.subarray(0, gif.length - 3));
    await fixture.write("in2.gif", new Uint8Array(0));
    await fixture.hasWarning("Gave up on in1.gif");
    await fixture.hasWarning("Gave up on in2.gif");
    assertEquals(fixture.warnings.length, 2);
    assertEquals(fixture.source.stats.abandoned, 2);
    await fixture.write("in1.gif", gif);
    await fixture.hasFrames(1);
    assertEquals(fixture.numbers, [1]);
  });

  Deno.test(`DirectorySource takes a file without a trailer at last, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched({
      ...options,
      giveUpMilliseconds: 300,
    });
    const transparent = numberedImage(5, { transparent: true });
    const gif = bytes(numberedGif(5).subarray(0, 19), transparent);
    await fixture.write("in5.gif", gif);
    await fixture.hasFrames(1);
    assertEquals(fixture.numbers, [5]);
    assertEquals(frameOf(fixture.frames[0]).standalone, true);
    assertEquals(fixture.source.stats.abandoned, 0);
  });

  Deno.test(`DirectorySource yields all pictures of a file, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    await fixture.write("in1.gif", numberedGif(1, 2, 3));
    await fixture.write("in2.gif", numberedGif(4));
    await fixture.hasFrames(4);
    assertEquals(fixture.numbers, [1, 2, 3, 4]);
  });

  Deno.test(`DirectorySource starts with the newest file, ${mode}`, async () => {
    await using fixture = await FolderFixture.create();
    const now = Date.now();
    for (
      const [name, number, age] of [
        ["in9.gif", 9, 20],
        ["in10.gif", 10, 20],
        ["in2.gif", 2, 30],
        ["in99.gif", 99, 40],
      ] as const
    ) {
      await fixture.write(name, numberedGif(number));
      const time = new Date(now - age * 1000);
      await Deno.utime(fixture.path(name), time, time);
    }
    await fixture.write("in11.gif", numberedGif(11).subarray(0, 30));
    fixture.begin(options);
    await fixture.hasFrames(1);
    assertEquals(fixture.names, ["in10.gif"]);
    await fixture.write("in11.gif", numberedGif(11));
    await fixture.hasFrames(2);
    await fixture.write("in1.gif", numberedGif(1));
    await fixture.hasFrames(3);
    assertEquals(fixture.numbers, [10, 11, 1]);
  });

  Deno.test(`DirectorySource lets touched and renamed files be, ${mode}`, async () => {
    await using fixture = await FolderFixture.create();
    await fixture.write("in0.gif", numberedGif(90));
    await delay(10);
    await fixture.write("in1.gif", numberedGif(1));
    await fixture.start(options);
    await fixture.write("in2.gif", numberedGif(2));
    await fixture.hasNumber(2);
    await delay(10);
    for (const name of ["in0.gif", "in1.gif", "in2.gif"]) {
      const now = new Date();
      await Deno.utime(fixture.path(name), now, now);
      await Deno.chmod(fixture.path(name), 0o600);
    }
    await delay(300);
    await Deno.rename(fixture.path("in2.gif"), fixture.path("in3.gif"));
    await delay(50);
    await fixture.write("in4.gif", numberedGif(4));
    await fixture.hasNumber(4);
    assertEquals(fixture.numbers, [1, 2, 4]);
  });

  Deno.test(`DirectorySource yields other names of one file, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    const picture = `${fixture.parent}/picture`;
    await Deno.writeFile(picture, numberedGif(5));
    for (const number of [1, 2, 3]) {
      await Deno.link(picture, fixture.path(`in${number}.gif`));
      await fixture.hasFrames(number);
    }
    assertEquals(fixture.names, ["in1.gif", "in2.gif", "in3.gif"]);
  });
}

Deno.test("DirectorySource drops a file that was overtaken", async () => {
  await using fixture = await FolderFixture.watched();
  const slow = await Deno.open(fixture.path("in9.gif"), {
    write: true,
    create: true,
  });
  await slow.write(numberedGif(9).subarray(0, 20));
  await fixture.write("in10.gif", numberedGif(10));
  await fixture.hasNumber(10);
  await slow.write(numberedGif(9).subarray(20));
  slow.close();
  await until(
    () => fixture.source.stats.late === 1,
    fixture.describe.bind(fixture),
  );
  await fixture.write("in11.gif", numberedGif(11));
  await fixture.hasNumber(11);
  assertEquals(fixture.numbers, [10, 11]);
});

Deno.test("DirectorySource drops the oldest for a slow taker", async () => {
  await using fixture = await FolderFixture.create();
  const source = new DirectorySource(fixture.folder);
  const frames = source[Symbol.asyncIterator]();
  await fixture.write("in1.gif", numberedGif(1));
  assertEquals((await frames.next()).value?.name, "in1.gif");
  for (const number of range(2, 150)) {
    await fixture.write(`in${number}.gif`, numberedGif(number));
  }
  await until(
    () => source.stats.dropped === 149 - 64,
    fixture.describe.bind(fixture),
  );
  for (const number of range(87, 150)) {
    assertEquals((await frames.next()).value?.name, `in${number}.gif`);
  }
  await frames.return();
});

Deno.test("DirectorySource sheds a burst at a given pace", async () => {
  await using fixture = await FolderFixture.watched({ framesPerSecond: 10 });
  for (const number of range(1, 60)) {
    await fixture.write(`in${number}.gif`, numberedGif(number));
  }
  await fixture.hasNumber(60);
  const { numbers } = fixture;
  assertEquals(numbers, numbers.toSorted((a, b) => a - b));
  assertEquals(numbers.length + fixture.source.stats.dropped, 60);
  // An event may be lost among so many, but hardly two.
  assertEquals(numbers.at(-1), 60);
  assert(numbers.at(-9)! >= 50, fixture.describe());
});

Deno.test("DirectorySource ends when its signal is aborted", async () => {
  await using fixture = await FolderFixture.watched();
  await fixture.stop();
  const aborted = new DirectorySource(fixture.folder, {
    signal: AbortSignal.abort(),
  });
  for await (const frame of aborted) throw new Error(`got ${frame.name}`);
  await assertRejects(
    () => aborted[Symbol.asyncIterator]().next(),
    TypeError,
    "iterated before",
  );
});

Deno.test("DirectorySource() refuses numbers out of range", () => {
  for (
    const options of [
      { framesPerSecond: 0 },
      { pollMilliseconds: -1 },
      { deleteAfterSeconds: NaN },
      { giveUpMilliseconds: Infinity },
      { maxFrameBytes: 1.5 },
    ]
  ) assertThrows(() => new DirectorySource("input", options), RangeError);
});

Deno.test("DirectorySource refuses frames that are too long", async () => {
  await using fixture = await FolderFixture.watched({ maxFrameBytes: 500 });
  const indices = Uint8Array.from({ length: 20_000 }, (_, i) => i * i >> 3 & 3);
  const long = image({ width: 200, height: 100, indices });
  await fixture.write("in1.gif", bytes(header(200, 100, 4), long, TRAILER));
  await fixture.hasWarning("at most 500 bytes");
  await fixture.write("in2.gif", numberedGif(2));
  await fixture.hasNumber(2);
  assertEquals(fixture.numbers, [2]);
  assertEquals(fixture.source.stats.errors.format, 2);
  assertStringIncludes(fixture.warnings[0], "in1.gif");
});
