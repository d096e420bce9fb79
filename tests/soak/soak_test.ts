import { assertEquals, assertMatch } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { courses, type Sample } from "../../tools/soak/samples.ts";

const SOAK = fromFileUrl(import.meta.resolve("../../tools/soak/main.ts"));

Deno.test("The program stays as it is for two minutes of everything", async () => {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", SOAK, "--minutes", "2"],
  }).output();
  const text = new TextDecoder().decode(stdout);
  assertEquals(code, 0, text + new TextDecoder().decode(stderr));
  assertMatch(text, / 0 failures\n/);
});

Deno.test("courses() tells what grows", () => {
  const samples: Sample[] = Array.from({ length: 30 }, (_, i) => ({
    seconds: 60 * i,
    residentMegabytes: 100 + 20 * i,
    descriptors: 50 + i % 3,
    threads: 8,
    children: i,
    series: 200,
  }));
  const all = courses(samples);
  assertEquals(
    all.filter(({ isFlat }) => !isFlat).map(({ measure }) => measure),
    ["residentMegabytes", "children"],
  );
  const [memory] = all;
  assertEquals(Math.round(memory.anHour), 1200);
  assertEquals([memory.first, memory.last], [200, 600]);
});
