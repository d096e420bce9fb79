import { assertEquals } from "@std/assert";
import { GifError } from "../../../src/gif/gif_error.ts";
import { FolderTally } from "../../../src/source/folder/folder_tally.ts";

function tallyOf(lines: string[]): FolderTally {
  return new FolderTally("input", {
    onWarning: (line) => lines.push(line),
    onNotice: (line) => lines.push(`notice: ${line}`),
  });
}

Deno.test("FolderTally.failed() counts errors by their kind", () => {
  const lines: string[] = [], tally = tallyOf(lines);
  tally.failed("use", "a.gif", new GifError("it is none", 0));
  tally.failed("remove", "b.gif", new Deno.errors.PermissionDenied("no"));
  tally.failed("look at", "c.gif", "something");
  assertEquals(tally.stats.errors, { format: 1, permission: 1, other: 1 });
  assertEquals(lines.slice(1), [
    "Cannot remove b.gif: no",
    "Cannot look at c.gif: something",
  ]);
});

Deno.test("FolderTally.abandoned() tells for how long a file did not grow", () => {
  const lines: string[] = [], tally = tallyOf(lines);
  tally.abandoned("a.gif", new Error("it ends too soon"), 2500);
  assertEquals(tally.stats.abandoned, 1);
  assertEquals(lines, [
    "Gave up on a.gif, which did not grow for 2.5 s: it ends too soon",
  ]);
});

Deno.test("FolderTally tells what becomes of the folder", () => {
  const lines: string[] = [], tally = tallyOf(lines);
  tally.made();
  tally.lost();
  tally.polled(200);
  assertEquals(lines, [
    "notice: Made the folder input",
    "Folder input is gone: waiting for it to come back",
    "Folder input changes but the file system gives no events: looking at it " +
    "every 200 ms instead",
  ]);
});
