import { assert, assertEquals } from "@std/assert";
import { StreamConnection } from "../../../src/channel/viewers/stream_connection.ts";
import { collectGarbageUntil } from "../../support/collect_garbage.ts";
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

Deno.test("StreamConnection: nothing stays of viewers who have left", async () => {
  const left: WeakRef<ReadableStream>[] = [];
  for (const leave of [cancel, end, abort]) left.push(await leave());
  assert(
    await collectGarbageUntil(() =>
      left.every((stream) => stream.deref() === undefined)
    ),
  );
});

/** A viewer that had a chunk, and waits for the next one. */
function watching() {
  const connection = new StreamConnection();
  const reader = connection.stream.getReader();
  connection.send(bytes("picture"));
  return { connection, reader };
}

async function cancel(): Promise<WeakRef<ReadableStream>> {
  const { connection, reader } = watching();
  await reader.read();
  await reader.cancel();
  return new WeakRef(connection.stream);
}

async function end(): Promise<WeakRef<ReadableStream>> {
  const { connection, reader } = watching();
  connection.end();
  while (!(await reader.read()).done);
  return new WeakRef(connection.stream);
}

async function abort(): Promise<WeakRef<ReadableStream>> {
  const { connection, reader } = watching();
  connection.abort(new Error("cut off"));
  await reader.read().catch(() => {});
  return new WeakRef(connection.stream);
}
