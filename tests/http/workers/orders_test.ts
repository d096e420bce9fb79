import { assertEquals, assertNotStrictEquals } from "@std/assert";
import {
  type OrderBatch,
  OrderReader,
  type OrderTaker,
  OrderWriter,
} from "../../../src/http/workers/orders.ts";

/** Writes down what it is ordered. */
class Log implements OrderTaker {
  readonly lines: string[] = [];
  /** The chunks that viewers were sent, each once. */
  readonly chunks = new Set<Uint8Array>();

  send(viewer: number, bytes: Uint8Array): void {
    this.chunks.add(bytes);
    this.lines.push(`${viewer} send ${bytes}`);
  }

  sendFirst(viewer: number, chunks: readonly Uint8Array[]): void {
    for (const bytes of chunks) this.chunks.add(bytes);
    this.lines.push(`${viewer} first ${chunks.join(" ")}`);
  }

  end(viewer: number): void {
    this.lines.push(`${viewer} end`);
  }

  abort(viewer: number, reason: string): void {
    this.lines.push(`${viewer} abort ${reason}`);
  }
}

/** A writer whose batches go to a reader, as to another thread. */
function linked() {
  const batches: OrderBatch[] = [], log = new Log();
  const reader = new OrderReader(log);
  const writer = new OrderWriter((batch, owned) => {
    batches.push(batch);
    reader.carryOut(structuredClone(batch, { transfer: owned }));
  });
  return { writer, batches, log };
}

/** A chunk of these bytes, or so many. */
function chunk(byte: number, length = 1): Uint8Array {
  return new Uint8Array(length).fill(byte);
}

Deno.test("OrderWriter hands orders over at the end of a turn, in order", async () => {
  const { writer, batches, log } = linked();
  const one = chunk(1), two = chunk(2);
  writer.sendFirst(7, [one, two]);
  writer.send(7, two);
  writer.send(8, two);
  writer.abort(7, "it took nothing");
  writer.send(8, one);
  writer.end(8);
  assertEquals(batches.length, 0);
  await Promise.resolve();
  assertEquals(batches.map(({ number }) => number), [0]);
  assertEquals(log.lines, [
    "7 first 1 2",
    "7 send 2",
    "8 send 2",
    "7 abort it took nothing",
    "8 send 1",
    "8 end",
  ]);
});

Deno.test("OrderWriter sends a chunk once for all viewers, and leaves it whole", async () => {
  const { writer, batches, log } = linked();
  const large = chunk(3, 10_000);
  for (let viewer = 0; viewer < 1000; viewer++) writer.send(viewer, large);
  await Promise.resolve();
  // Who comes soon after gets the same bytes.
  writer.sendFirst(1000, [large]);
  await Promise.resolve();
  assertEquals(batches.map(({ chunks }) => chunks.length), [1, 0]);
  assertEquals(log.lines.length, 1001);
  assertEquals(log.chunks.size, 1);
  assertNotStrictEquals([...log.chunks][0], large);
  assertEquals(large.length, 10_000);
});

Deno.test("OrderReader knows each chunk that its orders mean", async () => {
  const { writer, log } = linked();
  const chunks = Array.from({ length: 12 }, (_, i) => chunk(i));
  const expected: string[] = [];
  for (let i = 0; i < 200; i++) {
    // Now and then one of before, in batches of any length.
    const byte = i % 5 === 0 ? (i * 7) % 12 : i % 12;
    writer.send(i, chunks[byte]);
    expected.push(`${i} send ${byte}`);
    if (i % 3 === 0) await Promise.resolve();
  }
  await Promise.resolve();
  assertEquals(log.lines, expected);
});

Deno.test("OrderWriter takes a part out of a larger buffer", async () => {
  const { writer, batches } = linked();
  writer.send(1, new Uint8Array(1_000_000).subarray(10, 20));
  await Promise.resolve();
  assertEquals(batches[0].chunks[0].buffer.byteLength, 10);
});
