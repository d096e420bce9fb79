import { assertEquals } from "@std/assert";
import type { ViewerConnection } from "../../../src/channel/viewers/viewer_connection.ts";
import { CarriedViewers } from "../../../src/http/workers/carried_viewers.ts";
import { OrderWriter } from "../../../src/http/workers/orders.ts";
import {
  RemoteViewer,
  type ViewerLink,
} from "../../../src/http/workers/remote_viewer.ts";
import type { OrdersTaken } from "../../../src/http/workers/serving_messages.ts";
import { Faults } from "../../../src/log/faults.ts";
import { until } from "../../support/browser/until.ts";

/** A connection whose client reads when it is told to. */
class Connection implements ViewerConnection {
  isFree = true;
  fails = false;
  readonly seen: string[] = [];

  get hasRoom(): boolean {
    if (this.fails) throw new TypeError("to fail");
    return this.isFree;
  }

  set hasRoom(isFree: boolean) {
    this.isFree = isFree;
  }

  send(bytes: Uint8Array): void {
    if (this.fails) throw new TypeError("to fail");
    this.seen.push(String(bytes));
  }

  end(): void {
    this.seen.push("end");
  }

  abort({ message }: Error): void {
    this.seen.push(message);
  }
}

/** Both ends of a link, which takes orders when it is told to. */
function linked() {
  const left: number[] = [], told: string[] = [], forgotten: number[] = [];
  const faults = new Faults((kind) => told.push(kind));
  const carried = new CarriedViewers({
    faults,
    onLeft: (viewer) => left.push(viewer),
    onNews: () => {},
  });
  const late: (() => void)[] = [];
  const orders = new OrderWriter((batch) => {
    late.push(() => carried.carryOut(batch));
  });
  const link: ViewerLink & { takenBatch: number; waitingBytes: number } = {
    orders,
    takenBatch: -1,
    waitingBytes: 0,
    forget: (id) => forgotten.push(id),
  };
  const viewer = new RemoteViewer(link, 1);
  /** Carries out all orders so far, and tells of it. */
  const carryOut = async (): Promise<OrdersTaken | undefined> => {
    await Promise.resolve();
    for (const act of late.splice(0)) act();
    const news = carried.news();
    if (news === undefined) return undefined;
    link.takenBatch = news.batch;
    for (const id of news.full) viewer.isFull ||= id === 1;
    for (const id of news.drained) viewer.isFull &&= id !== 1;
    return news;
  };
  return { link, viewer, carried, carryOut, left, told, forgotten };
}

const CHUNK = Uint8Array.of(5);

for (const [waitingBytes, chunks] of [[1000, 16], [1e7, 3]]) {
  Deno.test(`RemoteViewer has room for ${chunks} chunks until they are taken while ${waitingBytes} bytes wait`, async () => {
    const { viewer, carried, carryOut, link } = linked();
    link.waitingBytes = waitingBytes;
    carried.add(1)(new Connection());
    for (let sent = 0; sent < chunks; sent++) {
      assertEquals(viewer.hasRoom, true);
      viewer.send(CHUNK);
    }
    assertEquals(viewer.hasRoom, false);
    await carryOut();
    assertEquals(viewer.hasRoom, true);
  });
}

Deno.test("RemoteViewer has no room while its connection has none", async () => {
  const { viewer, carried, carryOut } = linked();
  const connection = new Connection();
  carried.add(1)(connection);
  connection.hasRoom = false;
  viewer.send(CHUNK);
  assertEquals((await carryOut())?.full, [1]);
  assertEquals(viewer.hasRoom, false);
  connection.hasRoom = true;
  const drained = await until("room", async () => (await carryOut())?.drained);
  assertEquals(drained, [1]);
  assertEquals(viewer.hasRoom, true);
  assertEquals(await carryOut(), undefined);
});

Deno.test("CarriedViewers keeps what comes before the connection", async () => {
  const { viewer, carried, carryOut, left } = linked();
  const connect = carried.add(1);
  viewer.sendFirst([CHUNK]);
  viewer.send(CHUNK);
  await carryOut();
  const connection = new Connection();
  const leave = connect(connection);
  assertEquals(connection.seen, ["5", "5"]);
  leave();
  leave();
  assertEquals(left, [1]);
  viewer.send(CHUNK);
  await carryOut();
  assertEquals(connection.seen, ["5", "5"]);
});

Deno.test("CarriedViewers ends and cuts off as it is ordered", async () => {
  for (const how of ["end", "it took nothing"]) {
    const { viewer, carried, carryOut, forgotten, left } = linked();
    const connection = new Connection();
    const leave = carried.add(1)(connection);
    if (how === "end") viewer.end();
    else viewer.abort(new Error(how));
    assertEquals(forgotten, [1]);
    await carryOut();
    assertEquals(connection.seen, [how]);
    leave();
    assertEquals(left, []);
  }
});

Deno.test("CarriedViewers cuts off one whose connection fails, alone", async () => {
  const { viewer, carried, carryOut, left, told } = linked();
  const connection = new Connection();
  connection.fails = true;
  carried.add(1)(connection);
  viewer.send(CHUNK);
  await carryOut();
  assertEquals(told, ["viewer"]);
  assertEquals(left, [1]);
  assertEquals(connection.seen, ["Viewer cut off: cannot send"]);
});

Deno.test("CarriedViewers cuts off one that fails while it waits for room, alone", async () => {
  const { viewer, carried, carryOut, left, told, link } = linked();
  const connection = new Connection(), other = new Connection();
  const others = new RemoteViewer(link, 2);
  carried.add(1)(connection);
  carried.add(2)(other);
  connection.hasRoom = other.hasRoom = false;
  viewer.send(CHUNK);
  others.send(CHUNK);
  assertEquals((await carryOut())?.full, [1, 2]);
  connection.fails = true;
  other.hasRoom = true;
  const drained = await until("room", async () => (await carryOut())?.drained);
  assertEquals([drained, left, told], [[2], [1], ["viewer"]]);
});
