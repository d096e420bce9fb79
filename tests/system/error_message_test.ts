import { assertEquals } from "@std/assert";
import { errorMessage } from "../../src/system/error_message.ts";

Deno.test("errorMessage() gives an error's message without its name", () => {
  assertEquals(errorMessage(new TypeError("Cannot go on")), "Cannot go on");
});

Deno.test("errorMessage() gives the text of what is no error", () => {
  assertEquals(errorMessage("gone"), "gone");
  assertEquals(errorMessage(undefined), "undefined");
  assertEquals(errorMessage({ toString: () => "odd" }), "odd");
});
