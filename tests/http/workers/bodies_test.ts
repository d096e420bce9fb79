import { assertEquals, assertRejects } from "@std/assert";
import { concat } from "@std/bytes/concat";
import { CutOffError } from "../../../src/channel/viewers/cut_off_error.ts";
import {
  type BodyMessage,
  IncomingBodies,
  OutgoingBodies,
} from "../../../src/http/workers/bodies.ts";
import { until } from "../../support/browser/until.ts";

/** Both ends, as in two threads. */
function linked() {
  const told: BodyMessage[] = [];
  const over =
    (take: () => { take(message: BodyMessage): void }) =>
    (message: BodyMessage, transfer: ArrayBuffer[]) => {
      told.push(message);
      const received = structuredClone(message, { transfer });
      setTimeout(() => take().take(received));
    };
  const outgoing: OutgoingBodies = new OutgoingBodies(over(() => incoming));
  const incoming: IncomingBodies = new IncomingBodies(over(() => outgoing));
  return { outgoing, incoming, told };
}

/** A body of chunks; it notes if it was canceled. */
class Body {
  pulled = 0;
  canceled = false;
  readonly stream: ReadableStream<Uint8Array>;

  constructor(chunks: Uint8Array[], failure?: Error) {
    this.stream = new ReadableStream({
      pull: (controller) => {
        const chunk = chunks[this.pulled++];
        if (chunk !== undefined) controller.enqueue(chunk);
        else if (failure !== undefined) controller.error(failure);
        else controller.close();
      },
      cancel: () => {
        this.canceled = true;
      },
    }, { highWaterMark: 0 });
  }
}

const CHUNKS = [Uint8Array.of(1, 2), new Uint8Array(70_000), Uint8Array.of(3)];

Deno.test("IncomingBodies receives a body as fast as it is read", async () => {
  const { outgoing, incoming } = linked();
  const whole = concat(CHUNKS);
  const body = new Body(CHUNKS);
  outgoing.add(4, body.stream);
  const reader = incoming.receive(4).getReader();
  const got: Uint8Array[] = [];
  for (let read = 1;; read++) {
    assertEquals(body.pulled, read - 1);
    const { value, done } = await reader.read();
    if (done) break;
    got.push(value);
  }
  assertEquals(concat(got), whole);
});

Deno.test("IncomingBodies cancels a body whose rest nobody wants", async () => {
  const { outgoing, incoming } = linked();
  const body = new Body(CHUNKS.map((chunk) => chunk.slice()));
  outgoing.add(4, body.stream);
  const stream = incoming.receive(4);
  const reader = stream.getReader();
  await reader.read();
  await reader.cancel();
  await until("the end", () => body.canceled);
});

Deno.test("IncomingBodies fails as the body does", async () => {
  const { outgoing, incoming } = linked();
  outgoing.add(4, new Body([Uint8Array.of(1)], new Error("cut")).stream);
  const reader = incoming.receive(4).getReader();
  await reader.read();
  await assertRejects(() => reader.read(), CutOffError, "cut");
});

Deno.test("bodies end with the other thread", async () => {
  const { outgoing, incoming } = linked();
  const body = new Body([]);
  outgoing.add(4, body.stream);
  const reader = incoming.receive(4).getReader();
  outgoing.close();
  incoming.close("the thread is no more");
  await assertRejects(() => reader.read(), CutOffError, "no more");
  await until("the end", () => body.canceled);
});

Deno.test("IncomingBodies breaks off when its client is cut off", async () => {
  const { outgoing, incoming } = linked();
  const body = new Body(CHUNKS);
  outgoing.add(4, body.stream);
  let cut = () => {};
  let watched = false;
  const reader = incoming.receive(4, {
    watch(answering) {
      watched = true;
      cut = answering.cut;
      return () => {
        watched = false;
      };
    },
  }).getReader();
  assertEquals(watched, true);
  cut();
  await assertRejects(() => reader.read(), CutOffError);
  assertEquals(watched, false);
  await until("the end", () => body.canceled);
});
