import { assertEquals, assertMatch } from "@std/assert";
import {
  bytes,
  header,
  image,
  TRAILER,
} from "../../../support/gif/gif_bytes.ts";
import { testBothServers } from "../../../support/http/both_servers.ts";
import { publishGif } from "../../../support/publish_gif.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);

testBothServers("tells the state of each channel", async (base, channels) => {
  publishGif(channels.get("garden")!, GIF.slice());
  channels.get("door")!.setSource({
    kind: "video",
    state: "no signal",
    message: "Connection refused",
  });
  const response = await fetch(`${base}/api/channels`);
  assertEquals(response.headers.get("content-type"), "application/json");
  assertMatch(response.headers.get("cache-control")!, /no-store/);
  const { channels: [door, garden] } = await response.json();
  assertEquals([door.name, door.source.state], ["door", "no signal"]);
  assertEquals(door.source.message, "Connection refused");
  assertEquals([garden.name, garden.width, garden.height], ["garden", 4, 3]);
  assertEquals([garden.frames, garden.source.state], [1, "live"]);

  const one = await (await fetch(`${base}/api/channels/garden`)).json();
  assertEquals(one, {
    ...garden,
    lastFrameAgeMilliseconds: one.lastFrameAgeMilliseconds,
  });
}, { names: ["door", "garden"] });

testBothServers(
  "tells of no places where nothing is published",
  async (base) => {
    const response = await fetch(`${base}/api/places`);
    assertEquals(await response.json(), { places: [] });
  },
);

testBothServers("says which channels there are instead", async (base) => {
  for (const name of ["no", "live/", "LIVE", "li%76e", "toString"]) {
    const missing = await fetch(`${base}/api/channels/${name}`);
    assertEquals(missing.status, 404, name);
    assertEquals(
      missing.headers.get("content-type")?.split(";")[0],
      "text/plain",
    );
    assertMatch(await missing.text(), /What there is: .*live/, name);
  }
  const nameless = await fetch(`${base}/api/channels/`);
  assertMatch(await nameless.text(), /^Nothing is served here.*api.channels/);
  const post = await fetch(`${base}/api/channels/live`, { method: "POST" });
  assertEquals([post.status, post.headers.get("allow")], [
    405,
    "GET, HEAD, OPTIONS",
  ]);
  await post.body?.cancel();
});
