import { assertEquals, assertRejects } from "@std/assert";
import {
  ensureFolder,
  refuseFile,
  statFolder,
} from "../../../src/source/folder/folder.ts";
import { REPLACEMENTS } from "../../support/folder/folder_faults.ts";
import { withFolder } from "../../support/folder/temporary_folder.ts";

for (const [what, put] of Object.entries(REPLACEMENTS)) {
  Deno.test(`statFolder() finds no folder where ${what} is`, () =>
    withFolder(async (folder) => {
      await put(`${folder}/input`);
      assertEquals(await statFolder(`${folder}/input`), undefined);
      assertEquals(await statFolder(`${folder}/input/inner`), undefined);
    }));

  Deno.test(`ensureFolder() refuses to make a folder where ${what} is`, () =>
    withFolder(async (folder) => {
      await put(`${folder}/input`);
      await assertRejects(
        () => ensureFolder(`${folder}/input`),
        Deno.errors.NotADirectory,
        "it is no folder",
      );
    }));
}

Deno.test("ensureFolder() makes a folder if there is none", () =>
  withFolder(async (folder) => {
    assertEquals(await ensureFolder(`${folder}/a/b`), true);
    assertEquals(await ensureFolder(`${folder}/a/b`), false);
  }));

Deno.test("refuseFile() refuses what is no folder, and nothing else", () =>
  withFolder(async (folder) => {
    await refuseFile(folder);
    await refuseFile(`${folder}/none`);
    await Deno.writeTextFile(`${folder}/file`, "");
    await assertRejects(
      () => refuseFile(`${folder}/file`),
      Deno.errors.NotADirectory,
    );
  }));
