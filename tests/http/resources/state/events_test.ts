import { assert, assertEquals } from "@std/assert";
import { Channel } from "../../../../src/channel/channel.ts";
import {
  bytes,
  header,
  image,
  TRAILER,
} from "../../../support/gif/gif_bytes.ts";
import { testBothServers } from "../../../support/http/both_servers.ts";
import { publishGif } from "../../../support/publish_gif.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);

interface Message {
  event: string;
  // deno-lint-ignore no-explicit-any -- what a client knows of it
  data: any;
}

/** A request that a proxy sends for a client. */
function from(client: string): RequestInit {
  return { headers: { "x-forwarded-for": client } };
}

/** What a client of `/api/events` is told. `await using` hangs up. */
class EventReader implements AsyncDisposable {
  readonly #lines: AsyncGenerator<string>;
  readonly #hangUp = new AbortController();
  /** The response's headers. */
  readonly headers: Promise<Headers>;

  constructor(base: string, client: string = "192.0.2.1") {
    const { signal } = this.#hangUp;
    const response = fetch(`${base}/api/events`, { signal, ...from(client) });
    this.headers = response.then(({ headers }) => headers);
    this.#lines = readLines(response);
  }

  /** The next event; undefined at the end. Every line must be one of ours. */
  async next(): Promise<Message | undefined> {
    const message: Partial<Message> = {};
    for (;;) {
      const { value: line, done } = await this.#lines.next();
      if (done) {
        assertEquals(message, {}, "The stream ended within an event");
        return undefined;
      }
      if (line === "") return message as Message;
      const [, field, value] = line.match(/^(event|data|retry):(.*)$/) ?? [];
      assert(field !== undefined, `Not an event's line: ${line}`);
      if (field === "event") message.event = value;
      if (field === "data") message.data = JSON.parse(value);
    }
  }

  /** The next event of this name, which others may precede. */
  async until(event: string): Promise<Message["data"]> {
    for (;;) {
      const message = await this.next();
      assert(message !== undefined, `The stream ended before ${event}`);
      if (message.event === event) return message.data;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#hangUp.abort();
    await this.#lines.return(undefined);
  }
}

async function* readLines(response: Promise<Response>): AsyncGenerator<string> {
  const { body } = await response;
  let rest = "";
  try {
    for await (const text of body!.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split("\n");
      rest = lines.pop()!;
      yield* lines;
    }
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) {
      throw error;
    }
  }
}

const namesOf = (data: Message["data"]): string[] =>
  data.channels.map(({ name }: { name: string }) => name);

testBothServers("tells what channels do", async (base, channels) => {
  await using events = new EventReader(base);
  const headers = await events.headers;
  assertEquals(headers.get("content-type"), "text/event-stream");
  assertEquals(headers.get("x-accel-buffering"), "no");
  assertEquals(namesOf(await events.until("channels")), ["one", "two"]);

  publishGif(channels.get("two")!, GIF.slice());
  const { channels: changed } = await events.until("status");
  assertEquals(changed.length, 1);
  assertEquals([changed[0].name, changed[0].frames], ["two", 1]);

  channels.add(new Channel({ name: "three", title: "The third\nline" }));
  const added = await events.until("added");
  assertEquals([added.name, added.title], ["three", "The third\nline"]);
  channels.remove("two");
  assertEquals(await events.until("removed"), { name: "two" });
  channels.close();
  assertEquals(await events.next(), undefined);
}, { names: ["one", "two"] });

testBothServers(
  "tells a later listener all, and each change to all",
  async (base, channels) => {
    await using early = new EventReader(base);
    await early.until("channels");
    channels.add(new Channel({ name: "new" }));
    await using late = new EventReader(base);
    assertEquals(namesOf(await late.until("channels")), ["live", "new"]);
    assertEquals((await early.until("added")).name, "new");
    channels.get("new")!.setSource({ state: "ended" });
    for (const events of [early, late]) {
      const { channels: [changed] } = await events.until("status");
      assertEquals([changed.name, changed.source.state], ["new", "ended"]);
    }
  },
  { workers: true },
);

testBothServers("bounds how many listen", async (base) => {
  // One network may have half of all places.
  const listeners = Array.from(
    { length: 100 },
    (_, i) => new EventReader(base, `192.0.2.${i % 2}`),
  );
  for (const listener of listeners) await listener.until("channels");
  const refused = await fetch(`${base}/api/events`, from("192.0.2.3"));
  assertEquals(refused.status, 503);
  assert(refused.headers.has("retry-after"));
  await refused.body?.cancel();
  const head = await fetch(`${base}/api/events`, { method: "HEAD" });
  assertEquals([head.status, await head.text()], [200, ""]);
  for (const listener of listeners) await listener[Symbol.asyncDispose]();
  // Whoever comes when they have gone is let in.
  for (;;) {
    const response = await fetch(`${base}/api/events`);
    await response.body?.cancel();
    if (response.status === 200) break;
  }
}, { trustProxy: true });

testBothServers("does not begin events at the end", async (base, channels) => {
  channels.close();
  const response = await fetch(`${base}/api/events`);
  assertEquals(response.status, 503);
  await response.body?.cancel();
});
