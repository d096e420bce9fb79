import { assertEquals, assertThrows } from "@std/assert";
import { Shares } from "../../../src/http/access/shares.ts";
import { HttpError } from "../../../src/http/answer/http_error.ts";

Deno.test("Shares lets each network take so many", () => {
  const shares = new Shares(2);
  const [first] = [shares.take("a"), shares.take("a"), shares.take("b")];
  const error = assertThrows(() => shares.take("a"), HttpError);
  assertEquals(error.status, 429);
  assertEquals(error.headers["retry-after"], "10");
  shares.take("b");
  first();
  first();
  shares.take("a");
  assertThrows(() => shares.take("a"), HttpError);
});

Deno.test("Shares counts amounts, and not who is unknown", () => {
  const shares = new Shares(100);
  shares.check("a");
  const giveBack = shares.add("a", 150);
  assertThrows(() => shares.check("a"), HttpError);
  giveBack();
  shares.check("a");
  for (let i = 0; i < 200; i++) shares.take(undefined);
});
