import { assert, assertEquals } from "@std/assert";
import { Channel } from "../../../src/channel/channel.ts";
import type { SourceState } from "../../../src/channel/source_state.ts";
import {
  type Status,
  statusLine,
} from "../../../src/cli/output/status_line.ts";

function status(change: Partial<Status>, state: SourceState = "live"): Status {
  const channel = new Channel();
  channel.setSource({ state });
  channel.close();
  return {
    ...channel.status(),
    droppedFrames: 0,
    bytesPerSecond: 0,
    ...change,
  };
}

Deno.test("statusLine() tells how one channel does", () => {
  const live = { framesPerSecond: 9.96, lastFrameAgeMilliseconds: 90 };
  const rest = " | 0 viewers | 0 B/s | 0 dropped | 0 skipped";
  assertEquals(statusLine([status(live)]), `10.0 fps${rest}`);
  assertEquals(
    statusLine([status({ lastFrameAgeMilliseconds: 4000 })]),
    `no frame for 4 s${rest}`,
  );
  assertEquals(statusLine([status({})]), `waiting for the first frame${rest}`);
  assertEquals(statusLine([status({}, "idle")]), `idle${rest}`);
});

Deno.test("statusLine() adds up what several channels do", () => {
  const one = status({
    framesPerSecond: 10,
    viewers: 1,
    bytesPerSecond: 1500,
    droppedFrames: 3,
    skippedFrames: 4,
  });
  const idle = status({ framesPerSecond: 10 }, "idle");
  assertEquals(
    statusLine([one, one, idle]),
    "2/3 live | 20 fps | 2 viewers | 3 kB/s | 6 dropped | 8 skipped",
  );
  assertEquals(
    statusLine([]),
    "no channel yet | 0 viewers | 0 B/s | 0 dropped | 0 skipped",
  );
});

Deno.test("statusLine() fits a terminal of 80 columns", () => {
  const busy = status({
    framesPerSecond: 50,
    viewers: 200,
    bytesPerSecond: 19_876_543,
    droppedFrames: 98_765,
    skippedFrames: 98_765,
  });
  const line = statusLine(Array.from({ length: 50 }, () => busy));
  assert(line.length < 80, line);
});
