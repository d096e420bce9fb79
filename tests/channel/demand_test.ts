import { assertEquals } from "@std/assert";
import { Channel } from "../../src/channel/channel.ts";
import { Demand } from "../../src/channel/demand.ts";
import { bytes, header, image, TRAILER } from "../support/gif/gif_bytes.ts";
import { publishGif } from "../support/publish_gif.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);

/** What a follower of a demand is told. */
function told(demand: Demand): boolean[] {
  const changes: boolean[] = [];
  demand.follow((wanted) => changes.push(wanted));
  return changes;
}

Deno.test("Demand.follow() tells of the first viewer and the last", async () => {
  const channel = new Channel();
  const changes = told(channel.demand);
  const viewers = [channel.view(), channel.view()];
  assertEquals(changes, [true]);
  await viewers[0].cancel();
  assertEquals(channel.demand.wanted, true);
  await viewers[1].cancel();
  assertEquals(changes, [true, false]);
  channel.close();
});

Deno.test("Demand.follow() tells when the channel's end takes its viewers", async () => {
  const channel = new Channel();
  const changes = told(channel.demand);
  const viewer = channel.view();
  channel.close();
  await new Response(viewer).bytes();
  assertEquals(changes, [true, false]);
});

Deno.test("Demand.livePicture() waits for a picture, and wants it", async () => {
  const channel = new Channel();
  const changes = told(channel.demand);
  const live = channel.demand.livePicture();
  assertEquals(changes, [true]);
  publishGif(channel, GIF.slice());
  assertEquals(await live, true);
  assertEquals(changes, [true, false]);
  assertEquals(await channel.demand.livePicture(), true);
  assertEquals(changes, [true, false, true, false]);
  channel.close();
});

Deno.test("Demand.livePicture() takes no old picture for a live one", async () => {
  const channel = new Channel();
  told(channel.demand);
  publishGif(channel, GIF.slice());
  channel.demand.sourceStopped();
  const live = channel.demand.livePicture();
  // The same again is not sent, but is what the source sees now.
  publishGif(channel, GIF.slice());
  assertEquals(await live, true);
  channel.close();
});

Deno.test("Demand.livePicture() gives up when told, or when the channel ends", async () => {
  const channel = new Channel();
  told(channel.demand);
  const patience = new AbortController();
  const first = channel.demand.livePicture(patience.signal);
  patience.abort();
  assertEquals(await first, false);
  assertEquals(await channel.demand.livePicture(patience.signal), false);
  const second = channel.demand.livePicture();
  channel.close();
  assertEquals(await second, false);
  assertEquals(await channel.demand.livePicture(), false);
});

Deno.test("Demand.livePicture() does not wait where nobody heeds it", async () => {
  const demand = new Demand();
  assertEquals(await demand.livePicture(), false);
  demand.pictureCame();
  assertEquals(await demand.livePicture(), true);
});
