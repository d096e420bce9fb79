import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Channels } from "../../../../src/channel/channels.ts";
import { colorFrame } from "../../../support/gif/color_frame.ts";
import { testBothServers } from "../../../support/http/both_servers.ts";
import { MultipartReader } from "../../../support/http/multipart_reader.ts";
import { publishFrame } from "../../../../src/ingest/publish_frame.ts";

const SAFARI = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) " +
  "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15";
const VARY = "accept, sec-fetch-dest, user-agent";

function publish(channels: Channels): void {
  publishFrame(channels.first!, colorFrame(32, 24, [200, 0, 0]));
}

function ask(address: string, agent: string): Promise<Response> {
  return fetch(address, { headers: { "user-agent": agent } });
}

testBothServers(
  "gives pictures that replace each other where a GIF would stand still",
  async (base, channels) => {
    publish(channels);
    for (const path of ["/live.gif", "/live.gif?fps=5", "/live", "/"]) {
      const response = await ask(base + path, SAFARI);
      assertEquals(response.headers.get("vary"), VARY);
      const reader = new MultipartReader(response);
      assert((await reader.next())!.body.length > 0);
      const { viewersByForm } = channels.first!.status();
      assertEquals([viewersByForm.gif, viewersByForm.multipart], [0, 1]);
      await reader.cancel();
      await channels.first!.past.still();
    }
  },
);

testBothServers(
  "gives the form that is asked for, to whomever",
  async (base, channels) => {
    publish(channels);
    const gif = await ask(`${base}/live.gif?as=gif`, SAFARI);
    assertEquals(gif.headers.get("content-type"), "image/gif");
    assertEquals(gif.headers.get("vary"), VARY);
    await gif.body!.cancel();
    const other = await ask(`${base}/live.gif?as=multipart`, "curl/8.14.1");
    const type = other.headers.get("content-type")!;
    assertMatch(type, /^multipart\/x-mixed-replace/);
    await other.body!.cancel();
  },
);

testBothServers(
  "gives a recording as GIF, which ends",
  async (base, channels) => {
    publish(channels);
    for (const query of ["duration=0.1", "pace=real"]) {
      const response = await ask(`${base}/live.gif?${query}`, SAFARI);
      assertEquals(response.headers.get("content-type"), "image/gif");
      await response.body!.cancel();
    }
  },
);

testBothServers(
  "refuses what only a GIF can do",
  async (base) => {
    for (const query of ["duration=1", "pace=real", "backlog=1"]) {
      const address = `${base}/live.gif?as=multipart&${query}`;
      const response = await ask(address, SAFARI);
      assertEquals(response.status, 400);
      assertMatch(await response.text(), /parameter as must be gif with/);
    }
  },
);
