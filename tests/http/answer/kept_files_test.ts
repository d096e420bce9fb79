import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import {
  type AnsweredFile,
  KeptFiles,
} from "../../../src/http/answer/kept_files.ts";

function file(id: string, length = 10): AnsweredFile {
  const bytes = new Uint8Array(length);
  return { bytes, headers: {}, etag: `"${id}"`, id };
}

Deno.test("KeptFiles finds files of an address by tag, id and age", () => {
  const files = new KeptFiles();
  files.keep("a", file("1"));
  files.keep("a", file("2"), 60_000);
  files.keep("b", file("3"));
  assertEquals(files.tagged("a", '"1"')?.id, "1");
  assertEquals(files.tagged("b", '"1"'), undefined);
  assertEquals(files.withId("a", "2")?.id, "2");
  assertEquals(files.withId("b", "2"), undefined);
  assertEquals(files.newest("b")?.id, "3");
  assertEquals(files.newest("c"), undefined);
  assertEquals(files.shared("a")?.id, "2");
  assertEquals(files.shared("b"), undefined);
});

Deno.test("KeptFiles keeps so many bytes, of those asked for last", () => {
  const files = new KeptFiles({ maxBytes: 25 });
  files.keep("a", file("1"));
  files.keep("a", file("2"));
  files.withId("a", "1");
  files.keep("a", file("3"));
  assertEquals(files.bytes, 20);
  assertEquals(files.withId("a", "2"), undefined);
  assertEquals(files.withId("a", "1")?.id, "1");
  files.keep("a", file("4", 100));
  assertEquals(files.bytes, 100);
  assertEquals(files.newest("a")?.id, "4");
});

Deno.test("KeptFiles drops files that nobody asks for", async () => {
  const files = new KeptFiles({ keepMilliseconds: 20 });
  files.keep("a", file("1"));
  await delay(40);
  assertEquals(files.newest("a"), undefined);
  assertEquals(files.bytes, 0);
});

Deno.test("KeptFiles makes a file once, and again if that failed", async () => {
  const files = new KeptFiles();
  let made = 0;
  const make = async () => {
    made++;
    await delay(5);
    if (made === 1) throw new Error("no");
    return file(`${made}`);
  };
  const first = [files.makeOnce("a", make), files.makeOnce("a", make)];
  const settled = await Promise.allSettled(first);
  assertEquals(settled.map(({ status }) => status), ["rejected", "rejected"]);
  assertEquals((await files.makeOnce("a", make)).id, "2");
  assertEquals(made, 2);
});
