import { assert, assertEquals, fail } from "@std/assert";
import { Channel } from "../../../../src/channel/channel.ts";
import { Channels } from "../../../../src/channel/channels.ts";
import { serveChannelsByWorkers } from "../../../../src/cli/workers.ts";
import { FrameReader } from "../../../../src/gif/read/frame_reader.ts";
import { createHandler } from "../../../../src/http/handler.ts";
import { Faults } from "../../../../src/log/faults.ts";
import { EventLoopDelay } from "../../../../src/timing/event_loop_delay.ts";
import { until } from "../../../support/browser/until.ts";
import {
  bytes,
  header,
  image,
  TRAILER,
} from "../../../support/gif/gif_bytes.ts";
import { testBothServers } from "../../../support/http/both_servers.ts";
import { publishFrame } from "../../../../src/ingest/publish_frame.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);

/** One line, by the grammar of the text format (version 0.0.4). */
const LINE = new RegExp(
  "^(?:# HELP (?<help>[a-z_]+) [^\\\\]+" +
    "|# TYPE (?<name>[a-z_]+) (?<type>counter|gauge|histogram)" +
    "|(?<series>(?<family>[a-z_]+)" +
    '(?:\\{(?:[a-z_]+="[^"\\\\]*",?)+\\})?)' +
    " (?<value>[0-9.]+(?:e[-+][0-9]+)?))$",
);

/** Reads metrics strictly; answers values by name and labels, as written. */
function readMetrics(text: string): Map<string, number> {
  assert(text.endsWith("\n"));
  const values = new Map<string, number>();
  const types = new Map<string, string>();
  for (const line of text.split("\n").filter((line) => line !== "")) {
    const { name, type, series, family, value } = line.match(LINE)?.groups ??
      fail(`Not of the format: ${line}`);
    if (name !== undefined) {
      assert(!types.has(name), line);
      assertEquals(name.endsWith("_total"), type === "counter", line);
      types.set(name, type);
    } else if (series !== undefined) {
      assert(!values.has(series), line);
      const base = family.replace(/_(bucket|sum|count)$/, "");
      assert(types.has(family) || types.get(base) === "histogram", line);
      values.set(series, Number(value));
    }
  }
  return values;
}

async function scrape(base: string): Promise<Map<string, number>> {
  const response = await fetch(`${base}/metrics`);
  assertEquals(response.status, 200);
  assertEquals(
    response.headers.get("content-type"),
    "text/plain; version=0.0.4; charset=utf-8",
  );
  return readMetrics(await response.text());
}

function publish(channels: Channels, name: string, ageMilliseconds: number) {
  const reader = new FrameReader();
  reader.push(GIF.slice());
  const timestampMilliseconds = Date.now() - ageMilliseconds;
  publishFrame(channels.get(name)!, reader.next()!, { timestampMilliseconds });
}

testBothServers("tells metrics by channel", async (base, channels) => {
  publish(channels, "door", 300);
  publish(channels, "door", 0);
  channels.get("garden")!.setSource({ state: "no signal" });
  const values = await scrape(base);
  const door = (name: string) =>
    values.get(`gifstream_${name}{channel="door"}`);
  const garden = (name: string) =>
    values.get(`gifstream_${name}{channel="garden"}`);
  assertEquals([door("frames_total"), garden("frames_total")], [2, 0]);
  assertEquals(door("unchanged_frames_total"), 1);
  assertEquals([door("viewers"), garden("viewers")], [0, 0]);
  assertEquals(values.get("gifstream_channels"), 2);
  const newest = door("last_frame_timestamp_seconds")!;
  assert(Math.abs(newest - Date.now() / 1000) < 60);
  // What has not been yet has no time.
  assertEquals(garden("last_frame_timestamp_seconds"), undefined);
  const states = [...values].filter(([name, value]) =>
    name.startsWith("gifstream_source_state") && value === 1
  );
  assertEquals(states.map(([name]) => name), [
    'gifstream_source_state{channel="door",state="live"}',
    'gifstream_source_state{channel="garden",state="no signal"}',
  ]);
}, { names: ["door", "garden"], workers: true });

testBothServers("tells how long frames take", async (base, channels) => {
  publish(channels, "slow", 300);
  const values = await scrape(base);
  const name = "gifstream_frame_latency_seconds";
  const bucket = (le: string) =>
    values.get(`${name}_bucket{le="${le}",channel="slow"}`);
  assertEquals([bucket("0.25"), bucket("5"), bucket("+Inf")], [0, 1, 1]);
  assertEquals(values.get(`${name}_count{channel="slow"}`), 1);
  assert(values.get(`${name}_sum{channel="slow"}`)! >= 0.3);
  assertEquals(values.get(`${name}_count{channel="none"}`), 0);
}, { names: ["slow", "none"] });

testBothServers("counts pictures that it makes", async (base, channels) => {
  const counts = async () => {
    const values = await scrape(base);
    return ["s", "_errors", "_seconds"].map((of) =>
      values.get(`gifstream_picture${of}_total`)!
    );
  };
  assertEquals(await counts(), [0, 0, 0]);
  publish(channels, "live", 0);
  await (await fetch(`${base}/live/snapshot.png`)).bytes();
  const [made, errors, seconds] = await counts();
  assertEquals([made, errors], [1, 0]);
  assert(seconds > 0);
});

testBothServers(
  "forgets the metrics of a channel that has gone",
  async (base, channels) => {
    const names = async () =>
      [...(await scrape(base)).keys()].filter((name) =>
        name.startsWith("gifstream_viewers{")
      );
    assertEquals((await names()).length, 2);
    channels.remove("one");
    assertEquals(await names(), ['gifstream_viewers{channel="two"}']);
    const head = await fetch(`${base}/metrics`, { method: "HEAD" });
    assertEquals([head.status, await head.text()], [200, ""]);
  },
  { names: ["one", "two"] },
);

const faults = new Faults(() => {});

testBothServers("tells faults by kind", async (base) => {
  const count = async (kind: string) =>
    (await scrape(base)).get(`gifstream_faults_total{kind="${kind}"}`);
  const viewers = await count("viewer");
  faults.note("viewer", new TypeError());
  assertEquals(await count("viewer"), viewers! + 1);
  assertEquals(await count("request"), 0);
}, { faults });

/** Keeps this thread, and its processor, busy. */
function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

testBothServers("tells what the process uses", async (base) => {
  const [seconds, bytes] = [
    "process_cpu_seconds_total",
    "process_resident_memory_bytes",
  ];
  const before = await scrape(base);
  work(300);
  const after = await scrape(base);
  const used = after.get(seconds)! - before.get(seconds)!;
  // A process that waits for the processor uses less than the time.
  assert(used > 0.05, `${used} s`);
  const ratio = after.get(bytes)! / Deno.memoryUsage().rss;
  assert(ratio > 0.5 && ratio < 2, `${ratio}`);
});

Deno.test("tells how late the thread is that serves", async () => {
  using lateness = new EventLoopDelay();
  const handler = createHandler(new Channel(), {
    eventLoopDelay: () => lateness.read(),
  });
  const name = "gifstream_event_loop_delay_seconds";
  const read = async () => {
    const request = new Request("http://localhost/metrics");
    return readMetrics(await (await handler(request)).text());
  };
  const count = async () => (await read()).get(`${name}_count`)!;
  await until("a look", async () => await count() > 0);
  const before = await read();
  work(700);
  const looks = before.get(`${name}_count`)!;
  await until("another look", async () => await count() > looks);
  const after = await read();
  const over = (values: Map<string, number>) =>
    values.get(`${name}_count`)! - values.get(`${name}_bucket{le="0.5"}`)!;
  assert(over(after) > over(before));
  assert(after.get(`${name}_sum`)! - before.get(`${name}_sum`)! > 0.5);
});

Deno.test({
  name: "tells how many workers share the port",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const channels = new Channels();
    const place = { hostname: "127.0.0.1", port: 0, server: "deno" as const };
    const server = await serveChannelsByWorkers(channels, {}, {
      ...place,
      workers: 2,
    });
    const values = await scrape(`http://127.0.0.1:${server.addr.port}`);
    const names = ["workers", "workers_wanted", "lost_workers_total"];
    const counts = names.map((name) => values.get(`gifstream_${name}`));
    assertEquals(counts, [2, 2, 0]);
    await server.shutdown();
  },
});
