import {
  assert,
  assertEquals,
  assertGreater,
  assertRejects,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import { delay } from "@std/async/delay";
import { Broadcaster } from "../../src/channel/broadcaster.ts";
import { keptBytes } from "../../src/past/kept_part.ts";
import { StreamConnection } from "../../src/channel/viewers/stream_connection.ts";
import { TooManyViewersError } from "../../src/channel/viewers/too_many_viewers_error.ts";
import { streamHeader } from "../../src/gif/write/stream_header.ts";
import { bytes } from "../support/gif/gif_bytes.ts";

const SCREEN = { width: 4, height: 4 };
const HEADER = new TextDecoder().decode(streamHeader(SCREEN));

/** A part whose bytes say which one it is. */
function part(name: string) {
  return { bytes: bytes(`<${name}>`), keyframe: true };
}

async function next(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<string> {
  const { value } = await reader.read();
  return new TextDecoder().decode(value);
}

async function all(stream: ReadableStream<Uint8Array>): Promise<string> {
  return await new Response(stream).text();
}

/** Waits, without a limit of its own, until something is so. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(5);
}

Deno.test("Broadcaster sends header, newest part, then live parts", async () => {
  const broadcaster = new Broadcaster();
  const early = broadcaster.view().getReader();
  broadcaster.begin(SCREEN);
  broadcaster.publish(part("1"));
  assertEquals(await next(early), HEADER + "<1>");
  broadcaster.publish(part("2"));
  const late = broadcaster.view().getReader();
  assertEquals(await next(late), HEADER + "<2>");
  assertEquals(await next(early), "<2>");
  broadcaster.publish(part("3"));
  for (const viewer of [early, late]) assertEquals(await next(viewer), "<3>");
  broadcaster.close();
  for (const viewer of [early, late]) {
    assertEquals(await next(viewer), ";");
    assertEquals((await viewer.read()).done, true);
  }
});

Deno.test("Broadcaster shares one buffer between all viewers", async () => {
  const broadcaster = new Broadcaster();
  broadcaster.begin(SCREEN);
  broadcaster.publish(part("1"));
  const viewers = [1, 2, 3].map(() => broadcaster.view().getReader());
  const greetings = await Promise.all(viewers.map((v) => v.read()));
  assertEquals(new Set(greetings.map(({ value }) => value)).size, 1);
  const live = part("2");
  broadcaster.publish(live);
  for (const viewer of viewers) {
    assert((await viewer.read()).value === live.bytes);
  }
  broadcaster.close();
});

Deno.test("Broadcaster skips to the newest part for one that lags", async () => {
  const broadcaster = new Broadcaster();
  broadcaster.begin(SCREEN);
  const slow = broadcaster.view().getReader();
  const quick = broadcaster.view().getReader();
  const seen: string[] = [];
  for (let i = 1; i <= 20; i++) {
    broadcaster.publish(part(`${i}`));
    seen.push(await next(quick));
  }
  const live = Array.from({ length: 19 }, (_, i) => `<${i + 2}>`);
  assertEquals(seen, [HEADER + "<1>", ...live]);
  // What was in its queue, then the newest without waiting for another.
  assertEquals(await next(slow), HEADER + "<1>");
  assertEquals(await next(slow), "<2>");
  assertEquals(await next(slow), "<20>");
  broadcaster.publish(part("21"));
  assertEquals(await next(slow), "<21>");
  assertEquals(broadcaster.stats.skippedParts, 18);
  broadcaster.close();
});

Deno.test("Broadcaster holds at most two chunks for one that lags", async () => {
  const broadcaster = new Broadcaster();
  broadcaster.begin(SCREEN);
  const stream = broadcaster.view();
  for (let i = 0; i < 1000; i++) broadcaster.publish(part(`${i}`));
  broadcaster.close();
  assertEquals(await all(stream), HEADER + "<0><1>;");
});

Deno.test("Broadcaster cuts off one that takes nothing for too long", async () => {
  const broadcaster = new Broadcaster({ stallTimeoutMilliseconds: 1 });
  broadcaster.begin(SCREEN);
  const stalled = broadcaster.view();
  for (let i = 0; i < 3; i++) broadcaster.publish(part(`${i}`));
  await until(() => broadcaster.viewerCount === 0);
  assertEquals(broadcaster.stats.stalledViewers, 1);
  await assertRejects(() => all(stalled), Error, "it took nothing");
  broadcaster.close();
});

Deno.test("Broadcaster does not cut off one with nothing to take", async () => {
  const broadcaster = new Broadcaster({ stallTimeoutMilliseconds: 1 });
  const stream = broadcaster.view();
  broadcaster.begin(SCREEN);
  broadcaster.publish(part("1"));
  await delay(200);
  assertEquals(broadcaster.viewerCount, 1);
  broadcaster.close();
  assertEquals(await all(stream), HEADER + "<1>;");
});

Deno.test("Broadcaster starts viewers with the backlog", async () => {
  const broadcaster = new Broadcaster({ backlogSeconds: 3600 });
  broadcaster.begin(SCREEN);
  for (let i = 1; i <= 30; i++) broadcaster.publish(part(`${i}`));
  const viewer = broadcaster.view();
  await until(() => broadcaster.stats.sentBytes > 0);
  broadcaster.publish(part("31"));
  broadcaster.close();
  const backlog = Array.from({ length: 31 }, (_, i) => `<${i + 1}>`).join("");
  assertEquals(await all(viewer), `${HEADER}${backlog};`);
});

Deno.test("Broadcaster shares the backlog between all who are given it", async () => {
  const broadcaster = new Broadcaster({ keepSeconds: 3600 });
  broadcaster.begin(SCREEN);
  const parts = Array.from({ length: 30 }, (_, i) => part(`${i}`));
  const chunksOf = async () => {
    const connection = new StreamConnection();
    connection.onLeave = broadcaster.attach(connection, {
      backlogSeconds: 3600,
    });
    return await Array.fromAsync(connection.stream);
  };
  for (const each of parts.slice(0, 20)) broadcaster.publish(each);
  const first = chunksOf();
  await until(() => broadcaster.stats.sentBytes > 0);
  for (const each of parts.slice(20)) {
    broadcaster.publish(each);
    await delay(1);
  }
  const { sentBytes } = broadcaster.stats;
  const second = chunksOf(), third = chunksOf();
  const all = parts.reduce((sum, { bytes }) => sum + bytes.length, 0);
  await until(() => broadcaster.stats.sentBytes > sentBytes + 2 * all);
  broadcaster.close();
  const expected = [
    bytes(HEADER, parts[0].bytes),
    ...parts.slice(1).map(({ bytes }) => bytes),
    bytes(";"),
  ];
  assertEquals(await first, expected);
  assertEquals(await second, expected);
  for (const [i, chunk] of (await second).entries()) {
    assertStrictEquals(chunk, (await third)[i]);
  }
});

Deno.test("Broadcaster bounds the backlog in bytes", async () => {
  const broadcaster = new Broadcaster({
    backlogSeconds: 3600,
    maxBacklogBytes: 3 * keptBytes(part("7")) + 10,
  });
  broadcaster.begin(SCREEN);
  for (let i = 1; i <= 9; i++) broadcaster.publish(part(`${i}`));
  const viewer = broadcaster.view().getReader();
  assertEquals(await next(viewer), `${HEADER}<7>`);
  for (const name of ["<8>", "<9>"]) assertEquals(await next(viewer), name);
  broadcaster.publish({ bytes: bytes("large".repeat(300)), keyframe: true });
  assertEquals(await next(viewer), "large".repeat(300));
  const later = broadcaster.view();
  broadcaster.close();
  assertEquals(await all(later), `${HEADER}${"large".repeat(300)};`);
});

Deno.test("Broadcaster.begin() ends the GIF of those who watch", async () => {
  const broadcaster = new Broadcaster();
  broadcaster.begin(SCREEN);
  broadcaster.publish(part("1"));
  const before = broadcaster.view();
  const other = { width: 8, height: 8 };
  broadcaster.begin(other);
  const after = broadcaster.view();
  broadcaster.publish(part("2"));
  broadcaster.close();
  assertEquals(await all(before), HEADER + "<1>;");
  assertEquals(
    await all(after),
    new TextDecoder().decode(streamHeader(other)) + "<2>;",
  );
});

Deno.test("Broadcaster lets go of viewers who leave", async () => {
  const broadcaster = new Broadcaster({ maxViewers: 2 });
  const viewers = [broadcaster.view(), broadcaster.view()];
  assertThrows(
    () => broadcaster.view(),
    TooManyViewersError,
    "all 2 places are taken",
  );
  await viewers[0].cancel();
  assertEquals(broadcaster.viewerCount, 1);
  broadcaster.view();
  broadcaster.begin(SCREEN);
  broadcaster.publish(part("1"));
  broadcaster.close();
  assertEquals(broadcaster.viewerCount, 0);
  assertEquals(await all(viewers[1]), HEADER + "<1>;");
});

Deno.test("Broadcaster ends those who wait for a first part", async () => {
  const broadcaster = new Broadcaster();
  const viewer = broadcaster.view();
  broadcaster.close();
  broadcaster.close();
  assertEquals(await all(viewer), "");
});

Deno.test("Broadcaster refuses misuse", () => {
  const broadcaster = new Broadcaster();
  assertThrows(() => broadcaster.publish(part("1")), TypeError, "begin()");
  broadcaster.close();
  for (const action of ["begin", "publish", "view"] as const) {
    assertThrows(
      () => {
        if (action === "begin") broadcaster.begin(SCREEN);
        if (action === "publish") broadcaster.publish(part("1"));
        if (action === "view") broadcaster.view();
      },
      TypeError,
      `Cannot ${action}: the broadcaster was closed`,
    );
  }
  assertThrows(
    () => new Broadcaster({ maxViewers: 0 }),
    RangeError,
    "maxViewers must be at least 1: 0",
  );
  assertThrows(() => new Broadcaster({ backlogSeconds: NaN }), RangeError);
});

Deno.test("Broadcaster counts what it sent", async () => {
  const broadcaster = new Broadcaster();
  broadcaster.begin(SCREEN);
  const viewers = [broadcaster.view(), broadcaster.view()];
  broadcaster.publish(part("1"));
  broadcaster.publish(part("2"));
  broadcaster.close();
  const texts = await Promise.all(viewers.map(all));
  const { parts, sentBytes } = broadcaster.stats;
  assertEquals(parts, 2);
  assertGreater(sentBytes, 0);
  assertEquals(sentBytes, texts.join("").length);
});

Deno.test("Broadcaster sends a comment when there is nothing else", async () => {
  const broadcaster = new Broadcaster({ keepAliveMilliseconds: 20 });
  broadcaster.begin(SCREEN);
  broadcaster.publish(part("1"));
  const viewer = broadcaster.view().getReader();
  assertEquals(await next(viewer), HEADER + "<1>");
  for (let i = 0; i < 3; i++) {
    assertEquals((await viewer.read()).value, bytes([0x21, 0xfe, 0]));
  }
  broadcaster.publish(part("2"));
  assertEquals(await next(viewer), "<2>");
  await viewer.cancel();
});
