import { assertEquals, assertThrows, fail } from "@std/assert";
import { HttpError } from "../../../src/http/answer/http_error.ts";
import { SocketAnswer } from "../../../src/http/answer/socket_answer.ts";
import { Faults } from "../../../src/log/faults.ts";
import { openSocket } from "../../../src/http/connection/upgrade.ts";

Deno.test("openSocket() refuses where nothing upgrades, and takes no place", () => {
  const faults = new Faults();
  const request = new Request("http://localhost/live/ws");
  const answer = new SocketAnswer(() => fail("A place was taken"));
  const error = assertThrows(
    () => openSocket(request, answer, { upgradeWebSocket: undefined, faults }),
    HttpError,
    "This server has no WebSocket; the same pictures are at /NAME.mjpeg.",
  );
  assertEquals(error.status, 501);
});
