import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import {
  FolderFixture,
  MODES,
  numberedGif,
  numberedImage,
} from "../../support/folder/folder_fixture.ts";
import { bytes, header, TRAILER } from "../../support/gif/gif_bytes.ts";

/** Opens a file that a test goes on writing to. */
async function openToGrow(
  fixture: FolderFixture,
  name: string,
): Promise<Deno.FsFile> {
  return await Deno.open(fixture.path(name), {
    write: true,
    create: true,
    truncate: true,
  });
}

function delta(number: number): Uint8Array {
  return numberedImage(number, { transparent: true });
}

for (const [mode, options] of MODES) {
  Deno.test(`DirectorySource follows a file that grows, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    using file = await openToGrow(fixture, "in%d.gif");
    await file.write(bytes(header(4, 2), numberedImage(1), delta(2)));
    await fixture.hasFrames(2);
    for (const number of [3, 4, 5]) {
      const picture = delta(number);
      await file.write(picture.subarray(0, 12));
      await delay(20);
      await file.write(picture.subarray(12));
      await fixture.hasFrames(number);
    }
    await file.write(bytes(TRAILER));
    await fixture.write("in1.gif", numberedGif(6));
    await fixture.hasFrames(6);
    assertEquals(fixture.numbers, [1, 2, 3, 4, 5, 6]);
    assertEquals(fixture.warnings, []);
  });

  Deno.test(`DirectorySource follows a file that grows by appending, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    await fixture.write("a.gif", bytes(header(4, 2), numberedImage(1)));
    await fixture.hasFrames(1);
    for (const number of [2, 3, 4]) {
      await Deno.writeFile(fixture.path("a.gif"), delta(number), {
        append: true,
      });
      await fixture.hasFrames(number);
    }
    assertEquals(fixture.numbers, [1, 2, 3, 4]);
  });

  Deno.test(`DirectorySource follows a growing file written anew, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    for (const round of [0, 10]) {
      // The second round is longer than the first when it is looked at.
      using file = await openToGrow(fixture, "in%d.gif");
      await file.write(bytes(
        header(4, 2),
        [1, 2, 3].map((number) => [...delta(round + number)]).flat(),
        round > 0 ? delta(round + 4) : [],
      ));
      await fixture.hasNumber(round + 3);
    }
    await fixture.hasNumber(14);
    assertEquals(fixture.numbers, [1, 2, 3, 11, 12, 13, 14]);
  });

  Deno.test(`DirectorySource follows a growing file there at the start, ${mode}`, async () => {
    await using fixture = await FolderFixture.create();
    await fixture.write("in1.gif", numberedGif(90));
    await delay(10);
    using file = await openToGrow(fixture, "in%d.gif");
    await file.write(bytes(header(4, 2), numberedImage(1), delta(2)));
    await file.write(bytes(numberedImage(3), delta(4)));
    fixture.begin(options);
    await fixture.hasFrames(2);
    await file.write(delta(5));
    await fixture.hasFrames(3);
    // Deltas need the picture before them, so not the last one alone.
    assertEquals(fixture.numbers, [3, 4, 5]);
  });

  Deno.test(`DirectorySource ignores what follows a GIF's end, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched(options);
    await fixture.write("a.gif", numberedGif(1, 2));
    await fixture.hasFrames(2);
    for (let i = 0; i < 3; i++) {
      await Deno.writeFile(fixture.path("a.gif"), numberedGif(3), {
        append: true,
      });
      await delay(40);
    }
    await fixture.write("b.gif", numberedGif(4));
    await fixture.hasNumber(4);
    assertEquals(fixture.numbers, [1, 2, 4]);
  });

  Deno.test(`DirectorySource follows a file again after a long pause, ${mode}`, async () => {
    await using fixture = await FolderFixture.watched({
      ...options,
      giveUpMilliseconds: 200,
    });
    // It leaves holes: only the next block tells whether it stands alone.
    await fixture.write("a.gif", bytes(header(4, 2), delta(1)));
    await fixture.hasFrames(1);
    for (const number of [2, 3]) {
      await Deno.writeFile(fixture.path("a.gif"), delta(number), {
        append: true,
      });
      await fixture.hasFrames(number);
    }
    assertEquals(fixture.numbers, [1, 2, 3]);
  });
}

/** A comment that is longer than what is read at once. */
function longComment(): Uint8Array {
  const comment = new Uint8Array(2 + 18_000 * 256 + 1);
  comment.set([0x21, 0xfe]);
  for (let i = 0; i < 18_000; i++) comment[2 + i * 256] = 255;
  return comment;
}

Deno.test("DirectorySource reads a file longer than a piece in pieces", async () => {
  await using fixture = await FolderFixture.watched();
  const pieces = [header(4, 2), longComment(), numberedImage(7)];
  await Deno.writeFile(
    fixture.path("in1.gif"),
    ReadableStream.from([...pieces, bytes(TRAILER)]),
  );
  await fixture.hasFrames(1);
  assertEquals(fixture.numbers, [7]);
});

Deno.test("DirectorySource shows what is whole of a long file that it finds", async () => {
  await using fixture = await FolderFixture.create();
  const begun = numberedImage(8).subarray(0, 12);
  const pieces = [header(4, 2), numberedImage(7), longComment(), begun];
  await fixture.write("in%d.gif", bytes(...pieces));
  fixture.begin();
  await fixture.hasFrames(1);
  assertEquals(fixture.numbers, [7]);
});
