import { assertEquals } from "@std/assert";
import { FrameFile } from "../../../src/source/folder/frame_file.ts";
import { Sequences } from "../../../src/source/folder/sequences.ts";
import { TrackedFile } from "../../../src/source/folder/tracked_file.ts";

const IDENTITY = { dev: 1, ino: 2, bornAt: 3, size: 4, modifiedAt: 5 };

function trackedFile(): TrackedFile {
  const sequences = new Sequences("/nowhere");
  const options = { folder: "/nowhere", maxFrameBytes: 1, sequences };
  return new TrackedFile(new FrameFile("in1.gif", options));
}

Deno.test("TrackedFile.read() tells the state before, and makes it read", () => {
  const tracked = trackedFile();
  tracked.change(true);
  assertEquals([tracked.read(), tracked.state], ["closed", "read"]);
  assertEquals([tracked.read(), tracked.state], ["read", "read"]);
});

Deno.test("TrackedFile.read() leaves a file gone that is gone", () => {
  const tracked = trackedFile();
  tracked.remove();
  assertEquals([tracked.read(), tracked.state], ["gone", "gone"]);
});

Deno.test("TrackedFile.change() keeps in mind that the writer let go", () => {
  const tracked = trackedFile();
  tracked.change(true);
  tracked.change(false);
  tracked.begin();
  assertEquals(tracked.state, "closed");
});

Deno.test("TrackedFile.change() finds what was noticed or gone", () => {
  for (const before of ["notice", "remove"] as const) {
    const tracked = trackedFile();
    tracked[before]();
    tracked.change(false);
    assertEquals(tracked.state, "changed");
  }
});

Deno.test("TrackedFile.age() makes stale what did not change for long", () => {
  const tracked = trackedFile();
  tracked.age(performance.now() + 1);
  assertEquals(tracked.state, "changed", "it was not looked at yet");
  tracked.file.skip(IDENTITY);
  tracked.age(performance.now() + 1);
  assertEquals(tracked.state, "stale");
  tracked.age(performance.now() - 1000);
  assertEquals(tracked.state, "closed");
});

Deno.test("TrackedFile.age() leaves a file gone that is gone", () => {
  const tracked = trackedFile();
  tracked.file.skip(IDENTITY);
  tracked.remove();
  tracked.age(performance.now() + 1);
  assertEquals(tracked.state, "gone");
});

Deno.test("TrackedFile.awaited holds from its key to the first look", () => {
  const tracked = trackedFile();
  assertEquals(tracked.awaited, false);
  tracked.key = { epoch: 1, name: "in1.gif", used: false };
  assertEquals(tracked.awaited, true);
  tracked.file.skip(IDENTITY);
  assertEquals(tracked.awaited, false);
});
