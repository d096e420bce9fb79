import { assertEquals } from "@std/assert";
import { readRange } from "../../../src/http/answer/byte_range.ts";

Deno.test("readRange() reads one range of bytes, as RFC 9110 has it", () => {
  const ranges: [header: string | null, range: [number, number] | string][] = [
    [null, "all"],
    ["bytes=0-", [0, 100]],
    ["bytes=0-0", [0, 1]],
    ["bytes=10-19", [10, 20]],
    ["Bytes = 10 - 19 ", [10, 20]],
    ["bytes=90-1000", [90, 100]],
    ["bytes=99-", [99, 100]],
    ["bytes=100-", "none"],
    ["bytes=100-200", "none"],
    ["bytes=-10", [90, 100]],
    ["bytes=-1000", [0, 100]],
    ["bytes=-0", "none"],
    // What has no meaning is as if it was not there.
    ["bytes=9-8", "all"],
    ["bytes=-", "all"],
    ["bytes=a-b", "all"],
    ["bytes=0-9,20-29", "all"],
    ["seconds=0-9", "all"],
    ["", "all"],
    [`bytes=${"9".repeat(400)}-`, "none"],
  ];
  for (const [header, expected] of ranges) {
    const range = readRange(header, 100) ?? "all";
    const found = typeof range === "string" ? range : [range.start, range.end];
    assertEquals(found, expected, `${header}`);
  }
});
