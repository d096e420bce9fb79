import { assert, assertEquals, assertMatch, fail } from "@std/assert";
import { delay } from "@std/async/delay";
import { Channel } from "../../../../src/channel/channel.ts";
import { Channels } from "../../../../src/channel/channels.ts";
import type { ViewerConnection } from "../../../../src/channel/viewers/viewer_connection.ts";
import { EventHub } from "../../../../src/http/resources/state/event_hub.ts";
import { Faults } from "../../../../src/log/faults.ts";

/** One that listens, and can be slow. */
class Listener implements ViewerConnection {
  hasRoom = true;
  end = () => {};
  abort: (reason: Error) => void = () => {};
  /** Names of the events that it was sent. */
  events: string[] = [];
  #changed = Promise.withResolvers<void>();

  send(bytes: Uint8Array): void {
    const text = new TextDecoder().decode(bytes);
    this.events.push(text.match(/^event:(.*)$/m)?.[1] ?? text);
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  /** Waits until it was sent so many. */
  async count(events: number): Promise<string[]> {
    while (this.events.length < events) await this.#changed.promise;
    return this.events;
  }
}

Deno.test("EventHub tells one that was slow the whole state anew", async () => {
  const channels = new Channels([new Channel({ name: "one" })]);
  const hub = new EventHub(channels);
  const fast = new Listener(), slow = new Listener();
  hub.attach(fast);
  hub.attach(slow);
  await fast.count(1);
  slow.hasRoom = false;
  channels.add(new Channel({ name: "two" }));
  channels.remove("one");
  assertEquals(await fast.count(3), ["channels", "added", "removed"]);
  assertEquals(slow.events, ["channels"]);
  slow.hasRoom = true;
  assertEquals(await slow.count(2), ["channels", "channels"]);
  channels.add(new Channel({ name: "three" }));
  assertEquals((await slow.count(3)).at(-1), "added");
  channels.close();
});

Deno.test("EventHub tells a new listener the state before anything else", async () => {
  const channels = new Channels();
  const hub = new EventHub(channels);
  const early = new Listener(), late = new Listener();
  hub.attach(early);
  // These are on their way when the other comes.
  channels.add(new Channel({ name: "one" }));
  hub.attach(late);
  channels.add(new Channel({ name: "two" }));
  assertEquals(await early.count(3), ["channels", "added", "added"]);
  assertEquals(await late.count(2), ["channels", "added"]);
  channels.close();
});

Deno.test("EventHub ends all who listen when the channels end", () => {
  const channels = new Channels([new Channel()]);
  const hub = new EventHub(channels);
  const listener = new Listener();
  let ends = 0;
  listener.end = () => ends++;
  const leave = hub.attach(listener);
  channels.close();
  leave();
  assertEquals(ends, 1);
  assert(channels.closed);
});

Deno.test("EventHub shows now and then that it is alive", async () => {
  const channels = new Channels([new Channel()]);
  const hub = new EventHub(channels, { tickMilliseconds: 1 });
  const listener = new Listener();
  hub.attach(listener);
  assertEquals(await listener.count(3), ["channels", ":\n\n", ":\n\n"]);
  channels.close();
});

Deno.test("EventHub cuts off one that takes nothing, and no other", async () => {
  const channels = new Channels([new Channel()]);
  const hub = new EventHub(channels, { tickMilliseconds: 1 });
  const stuck = new Listener(), other = new Listener();
  const aborted = new Promise<Error>((resolve) => stuck.abort = resolve);
  stuck.hasRoom = false;
  other.abort = () => fail("It has taken everything");
  hub.attach(stuck);
  hub.attach(other);
  assertMatch((await aborted).message, /^Listener cut off: it took nothing/);
  channels.add(new Channel({ name: "new" }));
  while (!other.events.includes("added")) {
    await other.count(other.events.length + 1);
  }
  assert(!stuck.events.includes("added"));
  channels.close();
});

Deno.test("EventHub goes on when it fails to tell of a change", async () => {
  const channel = new Channel();
  const channels = new Channels([channel]);
  const faults: unknown[] = [];
  const hub = new EventHub(channels, {
    tickMilliseconds: 1,
    faults: new Faults((kind) => faults.push(kind)),
  });
  const listener = new Listener();
  hub.attach(listener);
  const { status } = channel;
  channel.status = () => {
    throw new TypeError("made to fail");
  };
  while (faults.length === 0) await delay(1);
  channel.status = status;
  channels.add(new Channel({ name: "new" }));
  while (!listener.events.includes("added")) {
    await listener.count(listener.events.length + 1);
  }
  assertEquals(faults[0], "timer");
  channels.close();
});

for (const broken of ["send", "hasRoom"] as const) {
  Deno.test(`EventHub cuts off one whose ${broken} fails, and no other`, () =>
    cutsOff(broken));
}

Deno.test("EventHub ends all whatever one of them throws", async () => {
  const channels = new Channels([new Channel()]);
  const faults = new Faults(() => {});
  const hub = new EventHub(channels, { faults });
  const broken = new Listener(), other = new Listener();
  const ended = new Promise<void>((resolve) => other.end = resolve);
  broken.end = () => {
    throw new TypeError("made to fail");
  };
  hub.attach(broken);
  hub.attach(other);
  channels.close();
  await ended;
  assertEquals(faults.counts.viewer, 1);
});

async function cutsOff(part: "send" | "hasRoom"): Promise<void> {
  const channels = new Channels([new Channel()]);
  const faults: unknown[] = [];
  const hub = new EventHub(channels, {
    tickMilliseconds: 1,
    faults: new Faults((kind) => faults.push(kind)),
  });
  const broken = new Listener(), other = new Listener();
  const aborted = new Promise<Error>((resolve) => broken.abort = resolve);
  const fail = () => {
    throw new TypeError("made to fail");
  };
  if (part === "send") broken.send = fail;
  else Object.defineProperty(broken, "hasRoom", { get: fail });
  hub.attach(broken);
  hub.attach(other);
  assertMatch((await aborted).message, /^Listener cut off: cannot send/);
  channels.add(new Channel({ name: "new" }));
  while (!other.events.includes("added")) {
    await other.count(other.events.length + 1);
  }
  assertEquals(faults, ["viewer"]);
  channels.close();
}
