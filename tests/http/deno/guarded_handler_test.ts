import { assertEquals } from "@std/assert";
import { sendingOf } from "../../../src/http/deno/guarded_handler.ts";

Deno.test("sendingOf() lets clients send bodies, and signs of HTTP/2 only", () => {
  const of = (headers: HeadersInit, method = "GET") =>
    sendingOf(new Request("http://localhost/", { method, headers }));
  assertEquals(of({}, "POST"), "bodies");
  assertEquals(of({}), "little");
  assertEquals(of({ host: "x" }), "nothing");
  // A message of a WebSocket may grow without an end, too.
  assertEquals(of({ host: "x", upgrade: "websocket" }), "nothing");
  assertEquals(of({ upgrade: "websocket" }), "nothing");
});
