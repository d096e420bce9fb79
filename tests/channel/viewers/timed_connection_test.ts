import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { Channel } from "../../../src/channel/channel.ts";
import { StreamConnection } from "../../../src/channel/viewers/stream_connection.ts";
import { TimedConnection } from "../../../src/channel/viewers/timed_connection.ts";
import { TRAILER } from "../../../src/gif/spec.ts";
import { colorFrame } from "../../support/gif/color_frame.ts";
import { publishFrame } from "../../../src/ingest/publish_frame.ts";

function view(channel: Channel, milliseconds: number) {
  const connection = new StreamConnection();
  const timed = new TimedConnection(connection, milliseconds);
  connection.onLeave = timed.attach((it) => channel.attach(it));
  return connection.stream;
}

Deno.test("TimedConnection ends with a trailer, for its viewer only", async () => {
  const channel = new Channel();
  const timed = view(channel, 20);
  const other = new Response(channel.view()).bytes();
  // The time begins with the first picture.
  publishFrame(channel, colorFrame(4, 4, [1, 2, 3]));
  const gif = await new Response(timed).bytes();
  assertEquals(gif.at(-1), TRAILER);
  assertEquals(channel.viewers, 1);
  channel.close();
  assertEquals(await other, gif);
});

Deno.test("TimedConnection counts one that takes nothing as a viewer", async () => {
  const channel = new Channel();
  const timed = view(channel, 1);
  for (const red of [1, 2, 3]) {
    publishFrame(channel, colorFrame(4, 4, [red, 0, 0]));
  }
  await delay(30);
  assertEquals(channel.viewers, 1);
  const gif = await new Response(timed).bytes();
  assertEquals(gif.at(-1), TRAILER);
  assertEquals(channel.viewers, 0);
  channel.close();
});

Deno.test("TimedConnection needs no timer when the stream has ended", async () => {
  const channel = new Channel();
  publishFrame(channel, colorFrame(4, 4, [1, 2, 3]));
  const ended = view(channel, 1e6);
  const left = view(channel, 1e6);
  await left.cancel();
  channel.close();
  assertEquals((await new Response(ended).bytes()).at(-1), TRAILER);
});
