import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { Channel } from "../../../../src/channel/channel.ts";
import { createHandler } from "../../../../src/http/handler.ts";
import {
  bytes,
  header,
  image,
  TRAILER,
} from "../../../support/gif/gif_bytes.ts";
import { testBothServers } from "../../../support/http/both_servers.ts";
import { publishGif } from "../../../support/publish_gif.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);

async function ask(address: string, method = "GET") {
  const response = await fetch(address, { method });
  return { status: response.status, text: await response.text() };
}

testBothServers("says that it is alive to anybody", async (base) => {
  assertEquals(await ask(`${base}/healthz`), { status: 200, text: "ok\n" });
  const head = await ask(`${base}/healthz`, "HEAD");
  assertEquals(head, { status: 200, text: "" });
}, { viewing: { token: "secret" }, names: [] });

testBothServers("is ready when there is a picture", async (base, channels) => {
  const early = await ask(`${base}/readyz`);
  assertEquals(early.status, 503);
  assertMatch(early.text, /^No channel had a picture in the last 60 s/);
  assertEquals((await ask(`${base}/readyz`, "HEAD")).status, 503);
  publishGif(channels.get("two")!, GIF.slice());
  assertEquals(await ask(`${base}/readyz`), { status: 200, text: "ready\n" });
  assertEquals((await ask(`${base}/readyz`, "POST")).status, 405);
}, { names: ["one", "two"] });

testBothServers(
  "is ready when a source waits for viewers",
  async (base, channels) => {
    channels.first!.setSource({ state: "idle" });
    assertEquals((await ask(`${base}/readyz`)).status, 200);
  },
  { viewing: { token: "secret" } },
);

testBothServers("is not ready without channels", async (base) => {
  const { status, text } = await ask(`${base}/readyz`);
  assertEquals([status, text], [503, "There is no channel yet.\n"]);
}, { names: [] });

testBothServers(
  "is not ready when the picture is old",
  async (base, channels) => {
    publishGif(channels.first!, GIF.slice());
    // The age of a picture is told in whole milliseconds.
    while (channels.first!.status().lastFrameAgeMilliseconds === 0) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    assertEquals((await ask(`${base}/readyz`)).status, 503);
  },
  { readyWithinSeconds: 1e-6 },
);

Deno.test("createHandler() refuses a readiness that cannot be", () => {
  for (const readyWithinSeconds of [0, -1, NaN]) {
    assertThrows(
      () => createHandler(new Channel(), { readyWithinSeconds }),
      RangeError,
      `readyWithinSeconds must be more than 0: ${readyWithinSeconds}`,
    );
  }
});
