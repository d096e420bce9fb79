import { assertEquals } from "@std/assert";
import { HeldPipes } from "../../../../src/source/folder/watch/held_pipes.ts";
import { FAULTS, makePipe } from "../../../support/folder/folder_faults.ts";
import { withFolder } from "../../../support/folder/temporary_folder.ts";

for (const [what, put] of Object.entries(FAULTS)) {
  Deno.test(`HeldPipes.search() gets past ${what}`, () =>
    withFolder(async (folder) => {
      await put(folder);
      const pipes = new HeldPipes(folder, 0);
      const expected = what === "named pipes" ? 2 : 0;
      assertEquals(await pipes.search(), expected);
      await pipes.release();
    }));
}

Deno.test("HeldPipes holds a pipe once, whoever asks for it", () =>
  withFolder(async (folder) => {
    const pipes = new HeldPipes(folder, 0);
    await makePipe(`${folder}/pipe`);
    await Deno.symlink("pipe", `${folder}/link`);
    const counts = await Promise.all([
      pipes.hold(),
      pipes.search(),
      pipes.search(),
    ]);
    assertEquals(counts.sort(), [0, 0, 2]);
    assertEquals(await pipes.hold(), 0);
    const pending = pipes.search();
    await pipes.release();
    assertEquals(await pending, 0);
  }));
