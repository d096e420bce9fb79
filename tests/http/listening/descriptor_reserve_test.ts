import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { DescriptorReserve } from "../../../src/http/listening/descriptor_reserve.ts";
import type { SpareDescriptors } from "../../../src/system/spare_descriptors.ts";
import { until } from "../../support/browser/until.ts";

/** File descriptors of a system of our own. */
class Supply implements SpareDescriptors {
  readonly lasting = true;
  /** How many there may be. */
  limit: number;
  /** How many others have. */
  others = 0;
  /** How many the reserve has. */
  taken = 0;
  /** What taking one throws when there are none left. */
  error: unknown = Object.assign(new Error("too many"), { code: "EMFILE" });

  constructor(limit: number) {
    this.limit = limit;
  }

  take(): () => void {
    if (this.inUse() >= this.limit) throw this.error;
    this.taken++;
    return () => this.taken--;
  }

  inUse(): number {
    return this.taken + this.others;
  }
}

/** A reserve, and what it tells. */
function reserveOf(supply: Supply) {
  const told: string[] = [];
  const reserve = new DescriptorReserve({
    spare: supply,
    onShort: () => {
      told.push(`short, ${supply.limit - supply.inUse()} free`);
      reserve.release();
    },
    onEnough: () => told.push("enough"),
  });
  return { reserve, told };
}

Deno.test("DescriptorReserve gives all up when hardly any are left, until there are enough", async () => {
  const supply = new Supply(200);
  const { reserve, told } = reserveOf(supply);
  const { taken } = supply;
  supply.others = 200 - taken;
  reserve.lookSoon();
  await until("it to tell", () => told.length === 1);
  assertEquals(told, ["short, 1 free"]);
  assertEquals(supply.taken, 0);
  // As many as it kept are free now: others would have none of them.
  await delay(300);
  assertEquals(told.length, 1);
  supply.others = 10;
  await until("it to tell", () => told.length === 2);
  assertEquals(told[1], "enough");
  assertEquals(supply.taken, taken);
  reserve.close();
  assertEquals(supply.taken, 0);
});

Deno.test("DescriptorReserve takes half of a few, and none when it is closed", async () => {
  const supply = new Supply(20);
  const { reserve } = reserveOf(supply);
  assertEquals(supply.taken, 10);
  reserve.close();
  // As by who comes over a connection that is still there.
  reserve.lookSoon();
  await delay(50);
  assertEquals(supply.taken, 0);
});

Deno.test("DescriptorReserve finds out when it is never told how many are in use", async () => {
  const supply = new Supply(200);
  const inUse = () => undefined;
  const told: string[] = [];
  const reserve = new DescriptorReserve({
    spare: { take: () => supply.take(), lasting: true, inUse },
    onShort: () => {
      told.push("short");
      reserve.release();
    },
    onEnough: () => told.push("enough"),
  });
  supply.others = 195 - supply.taken;
  await until("it to tell", () => told.length === 1);
  supply.others = 0;
  await until("it to tell", () => told.length === 2);
  assertEquals(told, ["short", "enough"]);
  reserve.close();
});

Deno.test("DescriptorReserve tries after a while where it can take none", async () => {
  const told: string[] = [];
  const reserve = new DescriptorReserve({
    spare: undefined,
    onShort: () => void told.push("short"),
    onEnough: () => told.push("enough"),
  });
  await delay(150);
  assertEquals(told, []);
  reserve.release();
  await until("it to tell", () => told.length > 0);
  assertEquals(told, ["enough"]);
  reserve.close();
});

Deno.test("DescriptorReserve takes no other error for a lack of descriptors", async () => {
  const supply = new Supply(200);
  const { reserve, told } = reserveOf(supply);
  supply.error = new Error("no permission any more");
  supply.others = 200 - supply.taken;
  reserve.lookSoon();
  await delay(250);
  assertEquals(told, []);
  reserve.close();
});
