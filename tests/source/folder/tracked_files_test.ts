import { assertEquals } from "@std/assert";
import { Sequences } from "../../../src/source/folder/sequences.ts";
import { TrackedFiles } from "../../../src/source/folder/tracked_files.ts";

function trackedFiles(): TrackedFiles {
  const sequences = new Sequences("/nowhere");
  return new TrackedFiles({ folder: "/nowhere", maxFrameBytes: 1, sequences });
}

function readyNames({ ready }: TrackedFiles): string[] {
  const names: string[] = [];
  for (let next; (next = ready.shift()) !== undefined;) names.push(next.name);
  return names;
}

Deno.test("TrackedFiles has files read in the order of their numbers", () => {
  const files = trackedFiles();
  for (const name of ["in10.gif", "in9.gif", "in11.gif"]) files.created(name);
  for (const name of ["in11.gif", "in10.gif", "in9.gif"]) {
    files.changed(name, true);
  }
  assertEquals(readyNames(files), ["in9.gif", "in10.gif", "in11.gif"]);
});

Deno.test("TrackedFiles has a file read once, however often it changed", () => {
  const files = trackedFiles();
  files.created("in1.gif");
  files.changed("in1.gif", false);
  files.changed("in1.gif", true);
  assertEquals(readyNames(files), ["in1.gif"]);
});

Deno.test("TrackedFiles.place() finds that a file was overtaken", () => {
  const files = trackedFiles();
  files.created("in9.gif");
  files.created("in10.gif");
  for (
    const [name, late] of [["in10.gif", false], ["in9.gif", true]] as const
  ) {
    files.changed(name, true);
    const tracked = files.ready.shift()!;
    files.place(tracked);
    assertEquals([tracked.name, tracked.late], [name, late]);
  }
});

Deno.test("TrackedFiles.tick() has unfinished files read, until they are gone", () => {
  const files = trackedFiles();
  files.created("in1.gif");
  files.modified("in2.gif");
  files.tick(5000);
  assertEquals(readyNames(files), ["in1.gif", "in2.gif"]);
  files.removed("in1.gif");
  files.tick(5000);
  assertEquals(readyNames(files), ["in2.gif"]);
  files.lost();
  files.tick(5000);
  assertEquals(readyNames(files), []);
});

Deno.test("TrackedFiles.expect() does not wait for a file that is gone", () => {
  const files = trackedFiles();
  files.changed("in1.gif", true);
  const tracked = files.ready.shift()!;
  files.removed("in1.gif");
  files.expect(tracked);
  files.tick(5000);
  assertEquals(readyNames(files), []);
});

Deno.test("ReadyFiles.woken() resolves when there is a file to read", async () => {
  const files = trackedFiles();
  const woken = files.ready.woken();
  files.changed("in1.gif", true);
  await woken;
  assertEquals(readyNames(files), ["in1.gif"]);
});

Deno.test("TrackedFiles remembers thousands of files that were read", () => {
  const files = trackedFiles();
  const identity = { dev: 1, ino: 1, bornAt: 0, size: 1, modifiedAt: 5 };
  for (let i = 1; i <= 10_000; i++) {
    files.open(`in${i}.gif`).file.skip({ ...identity, ino: i });
  }
  // Events of files that were read long ago, and a listing that has them.
  files.changed("in1.gif", true);
  assertEquals(files.ready.shift()?.file.done, true);
  const modifiedAt = Date.now();
  files.listed([
    { name: "in2.gif", identity: { ...identity, ino: 2 }, movedAt: modifiedAt },
    { name: "new.gif", identity: { ...identity, modifiedAt }, movedAt: 0 },
  ], true);
  assertEquals(readyNames(files), ["new.gif"]);
});

Deno.test("ReadyFiles.crowd() has all files once many more wait than before", () => {
  const files = trackedFiles(), { ready } = files;
  const add = (from: number, to: number) => {
    for (let i = from; i <= to; i++) files.changed(`in${i}.gif`, true);
  };
  add(1, 4);
  assertEquals(ready.crowd(2), []);
  add(5, 5);
  assertEquals(ready.crowd(2).length, 5);
  assertEquals(ready.crowd(2), []);
  add(6, 9);
  assertEquals(ready.crowd(2), []);
  add(10, 10);
  const all = ready.crowd(2);
  assertEquals(all.length, 10);
  const before = ready.before(all[8]);
  assertEquals(before.length, 8);
  ready.take(before);
  assertEquals(readyNames(files), ["in9.gif", "in10.gif"]);
  add(11, 15);
  assertEquals(ready.crowd(2).length, 5);
});
