import { assert, assertEquals } from "@std/assert";
import { decode } from "jpeg-js";
import { publishFrame } from "../../../../src/ingest/publish_frame.ts";
import { colorFrame } from "../../../support/gif/color_frame.ts";
import { testBothServers } from "../../../support/http/both_servers.ts";

const END = [0xff, 0xd9];
const DILLO = { "user-agent": "Dillo/3.0.5" };
const LINKS = { "user-agent": "Links (2.28; Linux x86_64; GNU C; x)" };

/** The color in the middle of a JPEG. */
function colorOf(jpeg: Uint8Array): number[] {
  const { data, width, height } = decode(jpeg, { useTArray: true });
  const at = 4 * (width * (height >> 1) + (width >> 1));
  return [...data.subarray(at, at + 3)];
}

function assertColor(jpeg: Uint8Array, color: number[]): void {
  const found = colorOf(jpeg);
  assert(
    color.every((value, i) => Math.abs(value - found[i]) < 16),
    `${found}`,
  );
}

testBothServers(
  "is one JPEG to its end, that of the newest picture",
  async (base, channels) => {
    const channel = channels.first!;
    publishFrame(channel, colorFrame(32, 24, [255, 0, 0]));
    const response = await fetch(`${base}/live/endless.jpg?fps=100`);
    assertEquals(response.headers.get("content-type"), "image/jpeg");
    const reader = response.body!.getReader();
    const first = (await reader.read()).value!;
    assertColor(Uint8Array.of(...first, ...END), [255, 0, 0]);
    assertEquals(channel.status().viewersByForm.jpeg, 1);
    publishFrame(channel, colorFrame(32, 24, [0, 0, 255]));
    let all = first;
    const more = await reader.read();
    all = Uint8Array.of(...all, ...more.value!);
    channel.close();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      all = Uint8Array.of(...all, ...value);
    }
    assertEquals([...all.slice(-2)], END);
    assertColor(all, [0, 0, 255]);
  },
);

testBothServers(
  "keeps its size when that of the pictures changes",
  async (base, channels) => {
    const channel = channels.first!;
    publishFrame(channel, colorFrame(32, 24, [255, 0, 0]));
    const response = await fetch(`${base}/live/endless.jpg?fps=100`);
    const reader = response.body!.getReader();
    const first = (await reader.read()).value!;
    publishFrame(channel, colorFrame(64, 64, [0, 255, 0]));
    const more = (await reader.read()).value!;
    const jpeg = Uint8Array.of(...first, ...more, ...END);
    const { width, height } = decode(jpeg);
    assertEquals([width, height], [32, 24]);
    assertColor(jpeg, [0, 255, 0]);
    await reader.cancel();
  },
);

testBothServers(
  "ends after a while, as a whole JPEG",
  async (base, channels) => {
    publishFrame(channels.first!, colorFrame(32, 24, [255, 0, 0]));
    const response = await fetch(`${base}/live/endless.jpg?duration=1`);
    assertColor(await response.bytes(), [255, 0, 0]);
    const bad = await fetch(`${base}/live/endless.jpg?duration=0`);
    assertEquals(bad.status, 400);
    await bad.text();
  },
);

testBothServers(
  "is what Dillo and Links get in place of the GIF",
  async (base, channels) => {
    publishFrame(channels.first!, colorFrame(32, 24, [255, 0, 0]));
    const typeOf = async (path: string, headers: Record<string, string>) => {
      const response = await fetch(base + path, { headers });
      await response.body!.cancel();
      return response.headers.get("content-type");
    };
    for (const headers of [DILLO, LINKS]) {
      assertEquals(await typeOf("/live.gif", headers), "image/jpeg");
      assertEquals(await typeOf("/live.gif?as=gif", headers), "image/gif");
      assertEquals(await typeOf("/live.gif?duration=1", headers), "image/gif");
    }
    const elinks = { "user-agent": "ELinks/0.13.2 (textmode; Linux; 80x24-2)" };
    assertEquals(await typeOf("/live.gif", elinks), "image/gif");
    assertEquals(await typeOf("/live.gif?as=jpeg", {}), "image/jpeg");
    const refused = await fetch(`${base}/live.gif?as=jpeg&backlog=1`);
    assertEquals(refused.status, 400);
    await refused.text();
  },
);

testBothServers(
  "is on the page for Dillo and Links, where other plain browsers refresh",
  async (base, channels) => {
    publishFrame(channels.first!, colorFrame(32, 24, [255, 0, 0]));
    const pageOf = async (path: string, headers: Record<string, string>) => {
      const accept = { accept: "*/*" };
      const response = await fetch(base + path, {
        headers: { ...headers, ...accept },
      });
      return await response.text();
    };
    for (const path of ["/live/still", "/live/embed", "/live", "/"]) {
      const directory = path.includes("/live/") ? "" : "live/";
      for (const headers of [DILLO, LINKS]) {
        const html = await pageOf(path, headers);
        assert(html.includes(`src="${directory}endless.jpg?t=`), html);
        assert(html.includes(`href="${directory}still?t=`), html);
        assert(!html.includes("refresh"), html);
      }
      const html = await pageOf(path, { "user-agent": "NetSurf/3.10 (Linux)" });
      assert(html.includes(`src="${directory}snapshot.jpg?t=`), html);
      assert(html.includes(`http-equiv="refresh"`), html);
    }
  },
);
