import { assertEquals } from "@std/assert";
import { starve } from "../support/program/starve.ts";

Deno.test({
  name: "startWorker() throws where Deno would end the program",
  ignore: Deno.build.os === "windows",
  async fn() {
    assertEquals(await starve("startWorker"), ["EMFILE", "done"]);
  },
});
