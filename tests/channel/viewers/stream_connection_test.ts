import { assertEquals } from "@std/assert";
import { StreamConnection } from "../../../src/channel/viewers/stream_connection.ts";
import { bytes } from "../../support/gif/gif_bytes.ts";

Deno.test("StreamConnection.end() takes it that the viewer has left", () => {
  const connection = new StreamConnection();
  let left = 0;
  connection.onLeave = () => left++;
  connection.send(bytes("picture"));
  // As Deno does at once when it cannot write a chunk that it is handed.
  connection.stream.cancel();
  connection.end();
  assertEquals(left, 1);
});

Deno.test("StreamConnection has room for two chunks", async () => {
  const connection = new StreamConnection();
  const reader = connection.stream.getReader();
  for (const room of [true, true, false]) {
    assertEquals(connection.hasRoom, room);
    connection.send(bytes("picture"));
  }
  for (let i = 0; i < 2; i++) await reader.read();
  assertEquals(connection.hasRoom, true);
  connection.end();
  await reader.read();
  assertEquals((await reader.read()).done, true);
});
