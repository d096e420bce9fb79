import { assertEquals } from "@std/assert";
import { warmedUp } from "../../src/source/warm_up.ts";

Deno.test("warmedUp() drops the first pictures, and ends with its source", async () => {
  let ended = 0;
  async function* pictures() {
    try {
      for (let i = 0; i < 5; i++) yield i;
    } finally {
      ended++;
    }
  }
  assertEquals(await Array.fromAsync(warmedUp(pictures(), 0)), [0, 1, 2, 3, 4]);
  assertEquals(await Array.fromAsync(warmedUp(pictures(), 3)), [3, 4]);
  assertEquals(await Array.fromAsync(warmedUp(pictures(), 9)), []);
  for await (const picture of warmedUp(pictures(), 2)) {
    assertEquals(picture, 2);
    break;
  }
  assertEquals(ended, 4);
});
