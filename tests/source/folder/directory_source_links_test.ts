import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import {
  FolderFixture,
  numberedGif,
} from "../../support/folder/folder_fixture.ts";
import { withFolder } from "../../support/folder/temporary_folder.ts";

for (const options of [{}, { pollMilliseconds: 30 }]) {
  const mode = "pollMilliseconds" in options ? "by polling" : "by events";

  Deno.test(`DirectorySource follows a link to the newest picture, ${mode}`, () =>
    withFolder(async (away) => {
      await using fixture = await FolderFixture.watched(options);
      const link = fixture.path("last.gif");
      await Deno.writeFile(`${away}/1.gif`, numberedGif(1));
      await Deno.writeFile(`${away}/2.gif`, numberedGif(2));
      await Deno.symlink(`${away}/1.gif`, link);
      await fixture.hasNumber(1);
      // Another target, another content, and a target that comes later.
      await Deno.remove(link);
      await Deno.symlink(`${away}/2.gif`, link);
      await fixture.hasNumber(2);
      await Deno.writeFile(`${away}/2.gif`, numberedGif(3));
      await fixture.hasNumber(3);
      await Deno.remove(`${away}/2.gif`);
      await delay(400);
      await Deno.writeFile(`${away}/2.gif`, numberedGif(4));
      await fixture.hasNumber(4);
      assertEquals(fixture.numbers, [1, 2, 3, 4]);
    }));
}

Deno.test("DirectorySource removes all old frames, none behind a link", () =>
  withFolder(async (away) => {
    const fixture = await FolderFixture.create();
    await using _ = fixture;
    const old = new Date(Date.now() - 3_600_000);
    for (let i = 0; i < 20; i++) {
      await fixture.write(`in${i}.gif`, numberedGif(i));
      await fixture.write(`broken${i}.jpg`, new Uint8Array([1, 2, 3]));
      await fixture.write(`empty${i}.png`, new Uint8Array());
    }
    await fixture.write("notes.txt", new Uint8Array(3));
    await fixture.write(".hidden.gif", numberedGif(1));
    await Deno.writeFile(`${away}/kept.gif`, numberedGif(30));
    await Deno.utime(`${away}/kept.gif`, old, old);
    await Deno.symlink(`${away}/kept.gif`, fixture.path("link.gif"));
    await Deno.mkdir(fixture.path("folder.gif"));
    await fixture.start({ deleteAfterSeconds: 0.5 });
    const left = () =>
      [...Deno.readDirSync(fixture.folder)].map(({ name }) => name).sort();
    const expected = [".hidden.gif", "folder.gif", "link.gif", "notes.txt"];
    while (left().length > expected.length) await delay(50);
    assertEquals(left(), expected);
    assertEquals([...Deno.readDirSync(away)].length, 1);
  }));
