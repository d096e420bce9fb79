import { assertEquals } from "@std/assert";
import { starve } from "../support/starve.ts";

Deno.test({
  name: "startWorker() throws where Deno would end the program",
  ignore: Deno.build.os === "windows",
  async fn() {
    assertEquals(await starve("startWorker"), ["EMFILE", "done"]);
  },
});
