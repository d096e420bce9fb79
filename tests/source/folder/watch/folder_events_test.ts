import { assert, assertEquals, assertRejects } from "@std/assert";
import { deadline } from "@std/async/deadline";
import { FolderEvents } from "../../../../src/source/folder/watch/folder_events.ts";
import { watchingThread } from "../../../../src/source/folder/watch/watching_thread.ts";
import { makePipe, shell } from "../../../support/folder/folder_faults.ts";
import { withFolder } from "../../../support/folder/temporary_folder.ts";
import { starve } from "../../../support/program/starve.ts";

/** Much more than anything takes; a test that gets here has failed. */
const DEADLINE_MILLISECONDS = 20_000;

/** Reads events up to one of a path that ends so. */
async function untilPath(events: FolderEvents, end: string): Promise<void> {
  for (;;) {
    const event = await deadline(events.next(), DEADLINE_MILLISECONDS);
    if (event === undefined) throw new Error(`closed before ${end}`);
    if (event !== "unknown" && event.paths[0].endsWith(end)) return;
  }
}

async function writeLatin1(folder: string): Promise<void> {
  await shell(folder, "n=$(printf '\\351'); echo x >$n.txt; mv $n.txt $n.gif");
}

Deno.test("FolderEvents.next() goes on after names that are not UTF-8", () =>
  withFolder(async (folder) => {
    const events = await FolderEvents.open(folder, 0);
    await writeLatin1(folder);
    assertEquals(await events.next(), "unknown");
    await Deno.writeTextFile(`${folder}/next.gif`, "x");
    await untilPath(events, "/next.gif");
    await events.close();
    assertEquals(await events.next(), undefined);
  }));

Deno.test("FolderEvents can be opened and closed while a pipe blocks events", () =>
  withFolder(async (folder) => {
    for (const name of ["one", "two"]) await Deno.mkdir(`${folder}/${name}`);
    const one = await FolderEvents.open(`${folder}/one`, 0);
    await Deno.writeTextFile(`${folder}/one/1.gif`, "x");
    await untilPath(one, "/1.gif");
    await makePipe(`${folder}/one/pipe.gif`);
    const two = await FolderEvents.open(`${folder}/two`, 0);
    await Deno.writeTextFile(`${folder}/two/2.gif`, "x");
    await untilPath(two, "/2.gif");
    await makePipe(`${folder}/one/other.gif`);
    await two.close();
    await one.close();
  }));

Deno.test("FolderEvents.open() refuses a folder that is not there", () =>
  withFolder(async (folder) => {
    await assertRejects(
      () => FolderEvents.open(`${folder}/none`, 0),
      Deno.errors.NotFound,
    );
  }));

Deno.test("FolderEvents.next() tells that there were too many events to keep", () =>
  withFolder(async (folder) => {
    const events = await FolderEvents.open(folder, 0);
    for (let i = 0; i < 3000; i++) {
      Deno.writeTextFileSync(`${folder}/${i}.gif`, "x");
    }
    let kept = 0;
    for (;;) {
      const event = await deadline(events.next(), DEADLINE_MILLISECONDS);
      if (event !== "unknown" && event?.flag === "rescan") break;
      kept++;
    }
    assert(kept < 9000, `kept ${kept}`);
    await events.close();
  }));

Deno.test("FolderEvents.next() fails when the thread that watches does", () =>
  withFolder(async (folder) => {
    const events = await FolderEvents.open(folder, 0);
    const next = events.next();
    watchingThread.fail(new Error("Cannot watch folders: a test"));
    await assertRejects(() => next, Error, "Cannot watch folders: a test");
    await events.close();
    // The next one gets another thread.
    const others = await FolderEvents.open(folder, 0);
    await Deno.writeTextFile(`${folder}/1.gif`, "x");
    await untilPath(others, "/1.gif");
    await others.close();
  }));

Deno.test({
  name: "FolderEvents.open() throws without file descriptors for its thread",
  ignore: Deno.build.os === "windows",
  async fn() {
    assertEquals(await starve("watchFolder"), ["EMFILE", "done"]);
  },
});
