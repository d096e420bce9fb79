import { assertEquals } from "@std/assert";
import type { FolderEntry } from "../../../src/source/folder/folder.ts";
import { newestEntries } from "../../../src/source/folder/newest_entries.ts";
import { readableFiles } from "../../../src/source/folder/watch/list_folder.ts";
import { withFolder } from "../../support/folder/temporary_folder.ts";

function entry(name: string, modifiedAt: number): FolderEntry {
  const identity = { dev: 1, ino: 1, bornAt: 0, size: 1, modifiedAt };
  return { name, identity, movedAt: 0 };
}

Deno.test("newestEntries() goes by time, then by the numbers in names", () => {
  const entries = [
    entry("in9.gif", 2),
    entry("in10.gif", 2),
    entry("late.gif", 3),
    entry("in99.gif", 1),
  ];
  for (const files of [entries, entries.toReversed()]) {
    assertEquals(
      newestEntries(files, 3).map(({ name }) => name),
      ["late.gif", "in10.gif", "in9.gif"],
    );
  }
  assertEquals(newestEntries([], 1), []);
});

Deno.test("readableFiles() finds files, and links to files, of many", () =>
  withFolder(async (folder) => {
    const names = Array.from({ length: 100 }, (_, i) => `in${i}.gif`);
    for (const name of names) await Deno.writeTextFile(`${folder}/${name}`, "");
    await Deno.symlink("in1.gif", `${folder}/link.gif`);
    await Deno.symlink("nothing", `${folder}/nowhere.gif`);
    await Deno.mkdir(`${folder}/folder.gif`);
    const others = ["link.gif", "nowhere.gif", "folder.gif", "gone.gif"];
    const { entries, unreadable } = await readableFiles(folder, [
      ...names,
      ...others,
      "caf\ufffd.gif",
    ]);
    assertEquals(
      entries.map(({ name }) => name).sort(),
      [...names, "link.gif"].sort(),
    );
    assertEquals([...unreadable.keys()], ["caf\ufffd.gif"]);
  }));
