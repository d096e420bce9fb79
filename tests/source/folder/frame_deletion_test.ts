import { assertEquals, assertStringIncludes } from "@std/assert";
import { FolderClaim } from "../../../src/source/folder/folder_claim.ts";
import { removeOldFrames } from "../../../src/source/folder/frame_deletion.ts";
import { until } from "../../support/folder/folder_fixture.ts";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { bytes, header, image, TRAILER } from "../../support/gif/gif_bytes.ts";

const BARE = bytes(image({ width: 4, height: 3 }), TRAILER);
const WHOLE = bytes(header(4, 3), BARE);

/** Removes what is old in a folder while something is done. */
async function removing(
  folder: string,
  use: (notices: string[], warnings: string[]) => Promise<void>,
): Promise<void> {
  const end = new AbortController();
  const notices: string[] = [], warnings: string[] = [];
  const removed = removeOldFrames(folder, {
    deleteAfterSeconds: 0.4,
    signal: end.signal,
    onNotice: (message) => notices.push(message),
    onWarning: (message) => warnings.push(message),
  });
  try {
    await use(notices, warnings);
  } finally {
    end.abort();
    await removed;
  }
}

function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

Deno.test("removeOldFrames() removes frames that nobody reads, and no other files", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/notes.txt`, "x");
    for (let i = 0; i < 40; i++) {
      await Deno.writeFile(`${folder}/in${i}.gif`, WHOLE);
    }
    await removing(folder, async () => {
      const left = () => namesIn(folder);
      await until(() => left().length === 1, () => `1 file, got ${left()}`);
      assertEquals(left(), ["notes.txt"]);
    });
  }));

Deno.test("removeOldFrames() keeps the whole GIF that the newest frame relies on", () =>
  withFolder(async (folder) => {
    await Deno.writeFile(`${folder}/in1.gif`, WHOLE);
    await Deno.writeFile(`${folder}/in2.gif`, BARE);
    await removing(folder, async () => {
      const left = () => namesIn(folder);
      await until(() => left().length === 1, () => `1 file, got ${left()}`);
      assertEquals(left(), ["in1.gif"]);
    });
  }));

Deno.test("removeOldFrames() tells once that a file cannot be removed, and tries again", () =>
  withFolder(async (folder) => {
    await Deno.writeFile(`${folder}/in1.gif`, WHOLE);
    const { remove } = Deno;
    let attempts = 0;
    Deno.remove = () => {
      attempts++;
      return Promise.reject(new Deno.errors.PermissionDenied("not now"));
    };
    try {
      await removing(folder, async (_notices, warnings) => {
        await until(() => attempts >= 3, () => `3 attempts, made ${attempts}`);
        Deno.remove = remove;
        const left = () => namesIn(folder);
        await until(() => left().length === 0, () => `none, got ${left()}`);
        assertEquals(warnings, ["Cannot remove in1.gif: not now"]);
      });
    } finally {
      Deno.remove = remove;
    }
  }));

Deno.test({
  name: "removeOldFrames() tells that another program removes the frames, too",
  // Elsewhere, folders cannot be locked.
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (folder) => {
      const other = new FolderClaim(folder);
      assertEquals(await other.hold(), true);
      await removing(folder, async (notices) => {
        await until(() => notices.length > 0, () => "a notice");
        assertStringIncludes(notices[0], "Another gifstream removes old");
        other.release();
        await Deno.writeFile(`${folder}/in1.gif`, WHOLE);
        await until(() => namesIn(folder).length === 0, () => "a removal");
        assertEquals(notices.length, 1);
      });
    }),
});

Deno.test({
  name: "FolderClaim.hold() is for the folder that is there now",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (parent) => {
      const folder = `${parent}/in`;
      await Deno.mkdir(folder);
      const one = new FolderClaim(folder), two = new FolderClaim(folder);
      assertEquals([await one.hold(), await two.hold()], [true, false]);
      await Deno.rename(folder, `${parent}/away`);
      await Deno.mkdir(folder);
      assertEquals([await two.hold(), await one.hold()], [true, false]);
      two.release();
      assertEquals(await one.hold(), true);
      one.release();
    }),
});
