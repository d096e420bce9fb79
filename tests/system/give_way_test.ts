import { assertEquals } from "@std/assert";
import { EncodingClient } from "../../src/encoding/encoding_client.ts";

/** Place of the nice value in `/proc/PID/task/TID/stat`, after the name. */
const NICE_FIELD = 16;

/** Nice values of the threads of this process, lowest first. */
function niceValues(): number[] {
  const tasks = "/proc/self/task";
  return [...Deno.readDirSync(tasks)].map(({ name }) => {
    const line = Deno.readTextFileSync(`${tasks}/${name}/stat`);
    return Number(line.slice(line.lastIndexOf(")") + 2).split(" ")[NICE_FIELD]);
  }).sort((a, b) => a - b);
}

Deno.test({
  name: "a thread that computes pixels gives way to those that send",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const before = niceValues();
    using client = new EncodingClient();
    await client.encode({
      pixels: new Uint8Array(3),
      ...{ width: 1, height: 1, mode: "fast" },
      settings: { quality: 100, denoise: false },
      forms: { gif: true, jpeg: false },
    });
    const usual = before[0];
    const after = niceValues();
    assertEquals(after[0], usual);
    const count = (values: number[]) => values.filter((n) => n > usual).length;
    assertEquals(count(after), count(before) + 1);
  },
});
