import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { Channel } from "../../../src/channel/channel.ts";
import { until } from "../../support/browser/until.ts";
import { Nchan, NCHAN_MODULE } from "../../support/http/nchan.ts";
import { ColumnStream } from "../../support/publish/column_stream.ts";
import {
  NchanOrigin,
  NchanViewer,
} from "../../support/publish/nchan_origin.ts";
import { requireFile } from "../../support/require.ts";

const INTERVAL_MILLISECONDS = 20;

function test(name: string, fn: (nchan: Nchan) => Promise<void>): void {
  Deno.test({
    name: `nginx ${name}`,
    ignore: !requireFile(NCHAN_MODULE),
    fn: async () => {
      await using nchan = new Nchan();
      await fn(nchan);
    },
  });
}

test("shows each viewer all parts, whenever it joins", async (nchan) => {
  await nchan.start();
  await using origin = new NchanOrigin(nchan.place);
  await origin.is("publishing");
  const viewers: NchanViewer[] = [new NchanViewer(nchan.viewing("cam"))];
  const last = () => viewers.at(-1)!.numbers;
  // Until new viewers begin with a later keyframe than the first one did.
  await until("a later beginning", async () => {
    for (let i = 0; i < 5; i++) {
      origin.stream.next();
      await delay(INTERVAL_MILLISECONDS);
    }
    if (last().length > 0) viewers.push(new NchanViewer(nchan.viewing("cam")));
    return viewers.some(({ numbers }) => numbers[0] > 32);
  });
  const { newest } = origin.stream;
  await Promise.all(viewers.map((viewer) => viewer.sees(newest)));
  assertEquals(viewers[0].numbers[0], 0);
  assertEquals(origin.status.dropped, 0);
  // The GIF ends with its channel, and another begins for new viewers.
  origin.channels.remove("cam");
  await Promise.all(viewers.map(({ done }) => done));
  const again = new Channel({ name: "cam" });
  origin.channels.add(again);
  const next = new ColumnStream(again, 9);
  next.next();
  const late = new NchanViewer(nchan.viewing("cam"));
  await late.sees(0);
  // So does one of another size.
  const larger = new ColumnStream(again, 10);
  larger.next();
  await late.done;
  const newcomer = new NchanViewer(nchan.viewing("cam"));
  await newcomer.sees(0);
  larger.next();
  await newcomer.sees(1);
  await newcomer.leave();
});

test("goes on when it comes back, from a keyframe", async (nchan) => {
  await using origin = new NchanOrigin(nchan.place);
  const { stream } = origin;
  for (let i = 0; i < 3; i++) stream.next();
  // It is away at first.
  await origin.is("failing");
  await nchan.start();
  await origin.is("publishing");
  const first = new NchanViewer(nchan.viewing("cam"));
  await first.sees(2);
  stream.next();
  await first.sees(3);
  // It is killed: its viewers lose it, and new ones come back.
  await nchan.signal("SIGKILL");
  await first.done.catch(() => {});
  stream.next();
  await origin.is("failing");
  await nchan.start();
  const second = new NchanViewer(nchan.viewing("cam"));
  await second.sees(4);
  stream.next();
  await second.sees(5);
  // It forgets all while nothing happens.
  await nchan.restart();
  const third = new NchanViewer(nchan.viewing("cam"));
  await third.sees(5);
  await third.leave();
});
