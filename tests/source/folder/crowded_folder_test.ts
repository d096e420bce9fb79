import { assertEquals } from "@std/assert";
import { compareNames } from "../../../src/source/folder/frame_order.ts";
import {
  FolderFixture,
  MODES,
  numberedGif,
  numberedImage,
} from "../../support/folder/folder_fixture.ts";
import { plainJpeg } from "../../support/image/jpeg_files.ts";

/** Far more than Deno keeps events of while nobody takes them. */
const FILES = 2000;

const KINDS: [string, (number: number) => Uint8Array][] = [
  ["gif", numberedGif],
  ["jpg", (number) => plainJpeg(8, 8, number % 2 ? [250, 0, 0] : [0, 0, 250])],
];

for (const [mode, options] of MODES) {
  for (const [ending, picture] of KINDS) {
    Deno.test(`DirectorySource shows the newest .${ending} of thousands, ${mode}`, async () => {
      await using fixture = await FolderFixture.watched(options);
      const pictures = Array.from({ length: 256 }, (_, i) => picture(i));
      const write = (number: number) =>
        Deno.writeFileSync(
          fixture.path(`in${number}.${ending}`),
          pictures[number % 256],
        );
      for (let i = 1; i <= FILES; i++) write(i);
      await fixture.hasName(`in${FILES}.${ending}`);
      write(FILES + 1);
      await fixture.hasName(`in${FILES + 1}.${ending}`);
      const names = fixture.names.map(String);
      assertEquals(names, [...new Set(names)].sort(compareNames));
    });
  }
}

Deno.test("DirectorySource gives no delta of many twice", async () => {
  await using fixture = await FolderFixture.watched();
  const count = 500;
  const delta = numberedImage(7);
  Deno.writeFileSync(fixture.path("in1.gif"), numberedGif(1));
  for (let i = 2; i <= count; i++) {
    Deno.writeFileSync(fixture.path(`in${i}.gif`), delta);
  }
  await fixture.hasName(`in${count}.gif`);
  await fixture.write("end1.gif", numberedGif(9));
  await fixture.hasName("end1.gif");
  const names = fixture.names.map(String).filter((name) => name !== "end1.gif");
  assertEquals(names, [...new Set(names)].sort(compareNames));
});
