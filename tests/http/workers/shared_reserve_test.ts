import { assertEquals } from "@std/assert";
import {
  type ReserveUser,
  SharedReserve,
} from "../../../src/http/workers/shared_reserve.ts";
import { until } from "../../support/browser/until.ts";

/** A worker that notes what it is told. */
class User implements ReserveUser {
  told: string[] = [];

  tell({ type }: { type: string }): void {
    this.told.push(type);
  }
}

/** Descriptors that are taken by nobody else. */
function descriptors(count: number) {
  let left = count;
  return {
    get left() {
      return left;
    },
    lose: (lost: number) => left -= lost,
    spare: {
      lasting: true,
      inUse: () => undefined,
      take() {
        if (left === 0) throw Object.assign(new Error(), { code: "EMFILE" });
        left--;
        return () => left++;
      },
    },
  };
}

Deno.test("SharedReserve stops all workers, and lets all begin again", async () => {
  const notices: string[] = [];
  const { spare, lose } = descriptors(1000);
  const reserve = new SharedReserve({
    onRefusing: () => notices.push("refusing"),
    onAccepting: () => notices.push("accepting"),
  }, { spare });
  const one = new User(), two = new User();
  reserve.add(one);
  reserve.add(two);
  // One finds none by itself.
  reserve.noteRefusal(one);
  assertEquals([one.told, two.told], [[], ["short"]]);
  assertEquals(notices, []);
  reserve.noteRefusal(two);
  assertEquals(notices, ["refusing"]);
  // A new one does not listen while the others refuse.
  const three = new User();
  reserve.add(three);
  assertEquals(three.told, ["short"]);
  reserve.noteRefusal(three);
  assertEquals(notices, ["refusing"]);
  await until("enough", () => one.told.includes("enough"));
  assertEquals(two.told, ["short", "enough"]);
  reserve.noteAcceptance();
  reserve.noteAcceptance();
  assertEquals(notices, ["refusing", "accepting"]);
  // Others take nearly all: workers are told before there are none.
  lose(840);
  reserve.noteConnections();
  await until("a shortage", () => one.told.at(-1) === "short");
  reserve.remove(one);
  reserve.remove(two);
  reserve.remove(three);
  reserve.close();
});
