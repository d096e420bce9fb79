import { assertEquals } from "@std/assert";
import { starve } from "../support/program/starve.ts";

const onUnix = { ignore: Deno.build.os === "windows" };

Deno.test({
  name: "stackOf() knows none where Deno would end the program",
  ...onUnix,
  async fn() {
    assertEquals(await starve("stackOf"), ["done", "true"]);
  },
});

Deno.test({
  name: "inspect() shows no stack where Deno would end the program",
  ...onUnix,
  async fn() {
    assertEquals(await starve("inspect"), ["false", "true"]);
  },
});
