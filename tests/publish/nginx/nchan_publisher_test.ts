import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { Channel } from "../../../src/channel/channel.ts";
import { framePart, type Part } from "../../../src/gif/write/frame_part.ts";
import { indexedFrame } from "../../../src/gif/write/indexed_frame.ts";
import { until } from "../../support/browser/until.ts";
import { Nchan, NCHAN_MODULE } from "../../support/http/nchan.ts";
import { seen } from "../../support/http/watch.ts";
import { ColumnStream } from "../../support/publish/column_stream.ts";
import {
  NchanOrigin,
  NchanViewer,
} from "../../support/publish/nchan_origin.ts";
import { requireFile } from "../../support/require.ts";

const INTERVAL_MILLISECONDS = 20;
const SIDE = 300;
const SCREEN = { width: SIDE, height: SIDE };

/** A picture of noise, of some 100 KB, that begins with a color. */
function noise(red: number): Part {
  const indices = new Uint8Array(SIDE * SIDE);
  for (let at = 0; at < indices.length; at += 50_000) {
    crypto.getRandomValues(indices.subarray(at, at + 50_000));
  }
  const colors = crypto.getRandomValues(new Uint8Array(3 * 256));
  colors[0] = red;
  indices[0] = 0;
  return framePart(indexedFrame(SCREEN, indices, colors));
}

/** Publishes pictures in turn, since the same again would be none. */
async function publishNoise(channel: Channel, parts: Part[]): Promise<void> {
  for (const { bytes, keyframe } of parts) {
    channel.publishPart({ bytes: bytes.slice(), keyframe }, SCREEN);
    await delay(INTERVAL_MILLISECONDS);
  }
}

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
    // On a slow machine, so many parts could wait that they are dropped.
    await viewers[0].sees(origin.stream.newest - 20);
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

test("goes on when a viewer who takes nothing has filled it", async (nchan) => {
  await nchan.start((lines) => lines.replace("256m", "4m"));
  await using origin = new NchanOrigin(nchan.place);
  const { channel } = origin;
  const pictures = Array.from({ length: 10 }, (_, i) => noise(i));
  await publishNoise(channel, pictures);
  await origin.is("publishing");
  using stopped = await Deno.connect({ port: nchan.port });
  const request = "GET /cam.gif HTTP/1.1\r\nHost: nginx\r\n\r\n";
  await stopped.write(new TextEncoder().encode(request));
  await stopped.read(new Uint8Array(1000));
  await until("that nginx is full", async () => {
    await publishNoise(channel, pictures);
    return origin.lines.some((line) => /status 500: expected room/.test(line));
  });
  await until("that it is not", async () => {
    await publishNoise(channel, pictures);
    return origin.status.state === "publishing";
  });
  await publishNoise(channel, [noise(99)]);
  const { rgba } = await seen(
    nchan.viewing("cam"),
    ({ rgba }) => rgba[0] === 99,
  );
  assertEquals(rgba[0], 99);
});

test("sends browsers of WebKit to gifstream, as its file says", async (nchan) => {
  await nchan.start((lines) => lines.replaceAll(/# (if|\}| +return)/g, "$1"));
  await using origin = new NchanOrigin(nchan.place);
  origin.stream.next();
  await origin.is("publishing");
  const safari = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0";
  const chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0";
  const answerTo = async (browser: string) => {
    const response = await fetch(nchan.viewing("cam"), {
      headers: { "user-agent": `Mozilla/5.0 (X11) ${browser} Safari/537.36` },
      redirect: "manual",
    });
    await response.body?.cancel();
    return [response.status, response.headers.get("location")];
  };
  assertEquals(await answerTo(chrome), [200, null]);
  assertEquals(await answerTo(safari), [
    302,
    "http://GIFSTREAM:8080/cam.mjpeg",
  ]);
});
