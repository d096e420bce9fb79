import { assertEquals } from "@std/assert";
import type { Answering, Client } from "../../../src/http/connection/client.ts";
import { WatchedConnection } from "../../../src/http/connection/watched_connection.ts";

/** A client who takes what it is said to take. */
class Taking implements Client {
  drained = true;
  slow = 0;
  answering!: Answering;

  beforeUpgrade(): undefined {}

  watch(answering: Answering): () => void {
    this.answering = answering;
    return () => {};
  }

  noticeSlow(): void {
    this.slow++;
  }

  hasDrained(): boolean {
    return this.drained;
  }

  hangUp(): void {}
}

const PART = Uint8Array.of(1);

/** Sends parts as a fan-out does; the number that there was room for. */
function send(connection: WatchedConnection, parts: number): number {
  let sent = 0;
  for (let i = 0; i < parts; i++) {
    if (!connection.hasRoom) continue;
    connection.send(PART);
    sent++;
  }
  return sent;
}

Deno.test("WatchedConnection sends a slow viewer the next part when those before are there", async () => {
  const client = new Taking();
  const connection = new WatchedConnection(client);
  const reader = connection.stream.getReader();
  assertEquals(send(connection, 50), 2);
  assertEquals(client.slow, 1);
  // The server has taken them, but not the network.
  await reader.read();
  await reader.read();
  client.drained = false;
  assertEquals(send(connection, 1), 0);
  client.drained = true;
  assertEquals(send(connection, 1), 1);
  await reader.cancel();
});

Deno.test("WatchedConnection takes a viewer for slow when all waits in the system", async () => {
  const client = new Taking();
  const connection = new WatchedConnection(client);
  const reader = connection.stream.getReader();
  client.drained = false;
  assertEquals(send(connection, 1), 1);
  await reader.read();
  client.answering.lag!();
  client.answering.lag!();
  assertEquals([client.slow, connection.hasRoom], [1, false]);
  await reader.cancel();
});

Deno.test("WatchedConnection takes no viewer for slow for ever", async () => {
  const client = new Taking();
  const connection = new WatchedConnection(client);
  const reader = connection.stream.getReader();
  client.answering.lag!();
  for (let i = 0; i < 100; i++) {
    assertEquals(send(connection, 1), 1);
    await reader.read();
  }
  client.drained = false;
  assertEquals(connection.hasRoom, true);
  await reader.cancel();
});
