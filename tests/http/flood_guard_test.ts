import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { FloodGuard, type Sending } from "../../src/http/flood_guard.ts";
import { otherEnd } from "../../src/http/socket_table.ts";
import { until } from "../browser/support/until.ts";

const ADDRESS = { hostname: "127.0.0.1", port: 50000 };

/** A guard that sees what it is shown. */
class Guarded {
  unread = new Map([[otherEnd(ADDRESS.hostname, ADDRESS.port), 0]]);
  looks = 0;
  cuts = 0;
  defiances = 0;
  readonly guard = new FloodGuard({
    port: () => 80,
    onCut: (count) => this.cuts += count,
    onDefiance: () => this.defiances++,
    read: () => {
      this.looks++;
      return this.unread;
    },
  });

  show(bytes: number): void {
    for (const end of this.unread.keys()) this.unread.set(end, bytes);
  }

  /** One who watches; tells what becomes of it. */
  watch(sending: Sending, leaves = true) {
    const told: string[] = [];
    const forget = this.guard.watch(ADDRESS, {
      sending,
      cut: () => {
        told.push("cut");
        if (leaves) forget();
      },
      leave: () => {
        told.push("gone");
        forget();
      },
    });
    return { told, forget };
  }

  async look(times: number): Promise<void> {
    const before = this.looks;
    await until("looks", () => this.looks >= before + times);
  }
}

Deno.test("FloodGuard cuts off who sends more than is read", async () => {
  const guarded = new Guarded();
  for (const sending of ["nothing", "little"] as const) {
    const { told } = guarded.watch(sending);
    await guarded.look(2);
    assertEquals(told, []);
    guarded.show(100_000);
    await until("the cut", () => told.length > 0);
    assertEquals(told, ["cut"]);
    guarded.show(0);
  }
  assertEquals(guarded.cuts, 2);
});

Deno.test("FloodGuard cuts off who sends a little again and again", async () => {
  const guarded = new Guarded();
  const { told } = guarded.watch("nothing");
  guarded.show(1);
  await until("the cut", () => told.length > 0);
  assertEquals(guarded.looks > 2, true);
});

Deno.test("FloodGuard lets clients send what they may", async () => {
  const guarded = new Guarded();
  const uploading = guarded.watch("bodies");
  const watching = guarded.watch("nothing");
  guarded.show(1e6);
  await guarded.look(8);
  uploading.forget();
  guarded.show(0);
  await guarded.look(1);
  assertEquals([...uploading.told, ...watching.told], []);
  watching.forget();

  const framed = guarded.watch("little");
  guarded.show(100);
  await guarded.look(8);
  assertEquals(framed.told, []);
  framed.forget();
});

Deno.test("FloodGuard tells of one who cannot be made to leave", async () => {
  const guarded = new Guarded();
  const { forget } = guarded.watch("little", false);
  guarded.show(1e6);
  await until("the defiance", () => guarded.defiances > 0);
  assertEquals(guarded.cuts, 1);
  forget();
});

Deno.test("FloodGuard lets go of those who are there no more", async () => {
  const guarded = new Guarded();
  guarded.unread.clear();
  const { told } = guarded.watch("little");
  await until("the end", () => told.length > 0);
  assertEquals(told, ["gone"]);
});

Deno.test("FloodGuard looks only while somebody is answered", async () => {
  const guarded = new Guarded();
  guarded.watch("nothing").forget();
  await delay(150);
  assertEquals(guarded.looks, 0);
});

Deno.test("FloodGuard tells whether it can look at all", () => {
  const callbacks = { onCut() {}, onDefiance() {} };
  const able = new FloodGuard({
    port: () => 80,
    ...callbacks,
    read: () => new Map(),
  });
  assertEquals(able.isAble, true);
  const unable = new FloodGuard({
    port: () => 80,
    ...callbacks,
    read: () => {
      throw new Deno.errors.NotCapable();
    },
  });
  assertEquals(unable.isAble, false);
});
