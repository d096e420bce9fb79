import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import {
  FloodGuard,
  type Sending,
} from "../../../src/http/sockets/flood_guard.ts";
import type {
  SocketState,
  SystemSockets,
} from "../../../src/http/sockets/system_sockets.ts";
import { until } from "../../support/browser/until.ts";

const ADDRESS = { hostname: "127.0.0.1", port: 50000 };
const DESCRIPTOR = 7;

/** A guard that sees what it is shown. */
class Guarded implements SystemSockets {
  shown: SocketState | undefined = {
    isOpen: true,
    receivedBytes: 100,
    acknowledgedBytes: 0,
    unsentBytes: 0,
  };
  looks = 0;
  drained = true;
  cuts = 0;
  hungUp: number[] = [];
  slow: number[] = [];
  narrowed: number[] = [];
  closed: number[] = [];
  readonly guard = new FloodGuard({
    onCut: (count) => this.cuts += count,
    sockets: this,
  });

  find(clients: readonly unknown[]): (number | undefined)[] {
    return clients.map(() => this.shown && DESCRIPTOR);
  }

  connectionsTo(): ReturnType<SystemSockets["connectionsTo"]> {
    return { connections: [], next: undefined };
  }

  state(): SocketState | undefined {
    this.looks++;
    return this.shown;
  }

  identity(): bigint {
    return 1n;
  }

  narrow(descriptor: number): void {
    this.narrowed.push(descriptor);
  }

  widen(): void {
    this.narrowed.pop();
  }

  keepLittleUnsent(descriptor: number): void {
    this.slow.push(descriptor);
  }

  hasDrained(): boolean {
    return this.drained;
  }

  hangUp(descriptor: number): void {
    this.hungUp.push(descriptor);
  }

  closeDead(descriptor: number): void {
    this.closed.push(descriptor);
  }

  close(): void {}

  /** So many bytes more have come, and been taken. */
  add(receivedBytes: number, acknowledgedBytes = 0): void {
    this.shown!.receivedBytes += receivedBytes;
    this.shown!.acknowledgedBytes += acknowledgedBytes;
  }

  /** One who watches; tells what becomes of it. */
  watch(sending: Sending) {
    const told: string[] = [];
    const tell = (word: string) => () => {
      told.push(word);
      forget();
    };
    const forget = this.guard.watch(ADDRESS, {
      sending,
      cut: tell("cut"),
      leave: tell("gone"),
      lag: tell("slow"),
    });
    return { told, forget };
  }

  async look(times = 1): Promise<void> {
    const before = this.looks;
    await until("looks", () => this.looks >= before + times);
  }
}

Deno.test("FloodGuard cuts off who goes on sending", async () => {
  for (const sending of ["nothing", "little"] as const) {
    const guarded = new Guarded();
    const { told } = guarded.watch(sending);
    await guarded.look();
    guarded.add(60_000);
    await guarded.look(2);
    assertEquals(told, []);
    guarded.add(10_000);
    await until("the cut", () => told.length > 0);
    assertEquals(told, ["cut"]);
    assertEquals([guarded.cuts, guarded.hungUp], [1, [DESCRIPTOR]]);
  }
});

Deno.test("FloodGuard lets clients send what they may", async () => {
  const guarded = new Guarded();
  const uploading = guarded.watch("bodies");
  const watching = guarded.watch("nothing");
  await guarded.look();
  guarded.add(1e9);
  await guarded.look(2);
  uploading.forget();
  await guarded.look(2);
  assertEquals([...uploading.told, ...watching.told], []);
  // What comes now is no upload.
  guarded.add(70_000);
  await until("the cut", () => watching.told.length > 0);
});

Deno.test("FloodGuard lets HTTP/2 tell what was taken", async () => {
  const guarded = new Guarded();
  const { told, forget } = guarded.watch("little");
  await guarded.look();
  guarded.add(1e6, 1e8);
  await guarded.look(2);
  assertEquals(told, []);
  forget();
});

Deno.test("FloodGuard lets HTTP/2 send further requests", async () => {
  const guarded = new Guarded();
  const { told, forget } = guarded.watch("little");
  for (let i = 0; i < 3; i++) {
    await guarded.look();
    guarded.add(60_000);
    guarded.guard.hear(ADDRESS);
  }
  await guarded.look(2);
  assertEquals(told, []);
  forget();
});

Deno.test("FloodGuard lets go of those who are there no more", async () => {
  for (const shown of [undefined, { isOpen: false }]) {
    const guarded = new Guarded();
    const { told } = guarded.watch("little");
    await guarded.look();
    guarded.shown = shown as SocketState | undefined;
    await until("the end", () => told.length > 0);
    assertEquals([told, guarded.cuts], [["gone"], 0]);
    assertEquals(guarded.guard.beforeUpgrade(ADDRESS), undefined);
  }
});

Deno.test("FloodGuard gives a new connection time to be found", async () => {
  const guarded = new Guarded();
  const { shown } = guarded;
  guarded.shown = undefined;
  const { told, forget } = guarded.watch("nothing");
  await delay(300);
  assertEquals(told, []);
  guarded.shown = shown;
  await guarded.look();
  assertEquals(told, []);
  guarded.guard.beforeUpgrade(ADDRESS)!();
  assertEquals(guarded.closed, [DESCRIPTOR]);
  forget();
});

Deno.test("FloodGuard cuts off who sends a body on that was refused", async () => {
  const guarded = new Guarded();
  guarded.guard.refuse(ADDRESS);
  guarded.guard.refuse(ADDRESS);
  assertEquals(guarded.narrowed, [DESCRIPTOR]);
  await guarded.look();
  guarded.add(16e6);
  await guarded.look(2);
  assertEquals(guarded.cuts, 0);
  guarded.add(16e6);
  await until("the cut", () => guarded.cuts > 0);
  assertEquals([guarded.cuts, guarded.hungUp], [1, [DESCRIPTOR]]);
});

Deno.test("FloodGuard has the system keep little for who is slow", async () => {
  const guarded = new Guarded();
  const { forget } = guarded.watch("nothing");
  await guarded.look();
  guarded.guard.noticeSlow(ADDRESS);
  guarded.guard.noticeSlow({ ...ADDRESS, port: 1 });
  assertEquals(guarded.slow, [DESCRIPTOR]);
  forget();
});

Deno.test("FloodGuard tells for whom data waits all the time, and for whom not", async () => {
  for (const unsentBytes of [10_000, 20_000]) {
    const guarded = new Guarded();
    guarded.shown!.unsentBytes = unsentBytes;
    const { told, forget } = guarded.watch("nothing");
    if (unsentBytes > 16_384) await until("the word", () => told.length > 0);
    else await guarded.look(5);
    assertEquals(told, unsentBytes > 16_384 ? ["slow"] : []);
    forget();
  }
});

Deno.test("FloodGuard looks only while somebody is answered", async () => {
  const guarded = new Guarded();
  guarded.watch("nothing").forget();
  await delay(150);
  assertEquals(guarded.looks, 0);
});

Deno.test("FloodGuard does nothing where nothing is known", () => {
  const guard = new FloodGuard({ onCut() {}, sockets: undefined });
  assertEquals(guard.isAble, false);
  guard.beforeUpgrade(ADDRESS)!();
  const fail = () => {
    throw new TypeError("nothing is known");
  };
  guard.watch(ADDRESS, { sending: "nothing", cut: fail, leave: fail })();
  guard.hangUp(ADDRESS);
});

Deno.test("FloodGuard lets who was refused send the next body as fast as ever", () => {
  const guarded = new Guarded();
  guarded.guard.refuse(ADDRESS);
  guarded.guard.hear(ADDRESS);
  guarded.guard.hear(ADDRESS);
  assertEquals(guarded.narrowed, []);
  guarded.guard.close();
});
