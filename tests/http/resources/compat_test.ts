import { assert, assertEquals, assertMatch } from "@std/assert";
import { decode } from "jpeg-js";
import type { Channels } from "../../../src/channel/channels.ts";
import { until } from "../../support/browser/until.ts";
import { colorFrame } from "../../support/gif/color_frame.ts";
import { testBothServers } from "../../support/http/both_servers.ts";
import { MultipartReader } from "../../support/http/multipart_reader.ts";
import { publishFrame } from "../../../src/ingest/publish_frame.ts";

const names = ["porch", "yard"];

/** The porch is 16 pixels wide, the yard 24. */
function publish(channels: Channels): void {
  publishFrame(channels.get("porch")!, colorFrame(16, 8, [255, 0, 0]));
  publishFrame(channels.get("yard")!, colorFrame(24, 8, [0, 0, 255]));
}

/** Width of a JPEG. */
function widthOf(jpeg: Uint8Array): number {
  return decode(jpeg, { useTArray: true }).width;
}

testBothServers(
  "answers at mjpg-streamer's and µStreamer's addresses",
  async (base, channels) => {
    publish(channels);
    const widths: Record<string, number> = {
      "/?action=snapshot": 16,
      "/?action=snapshot_1": 24,
      "/?action=snapshot&n=123&channel=yard": 24,
      "/yard?action=snapshot": 24,
      "/yard/?action=snapshot": 24,
      "/?action=snapshot?n=1": 16,
      "/?action=snapshot?dummy=param.mjpg": 16,
      "/?action=snapshot_1?n=1&x=2": 24,
      "/?action=snapshot?channel=yard": 24,
      "/yard?action=snapshot?width=6": 6,
      "/snapshot": 16,
      "/snapshot?1700000000": 16,
      "/snapshot?channel=yard": 24,
      "/yard/snapshot": 24,
    };
    for (const [path, width] of Object.entries(widths)) {
      const response = await fetch(base + path);
      assertEquals(response.headers.get("content-type"), "image/jpeg", path);
      assertEquals(widthOf(await response.bytes()), width, path);
    }
    for (const [path, width] of Object.entries(widths)) {
      const stream = path.replace("snapshot", "stream");
      const reader = new MultipartReader(await fetch(base + stream));
      assertEquals(widthOf((await reader.next())!.body), width, stream);
      await reader.cancel();
    }
  },
  { names },
);

testBothServers("says what of that it does not have", async (base) => {
  const answers: Record<string, [number, RegExp]> = {
    "/?action=command": [400, /action must be stream or snapshot/],
    "/?action=?action=stream": [400, /action must be stream or snapshot/],
    "/?action=stream_7": [404, /no such channel/],
    "/stream?channel=nobody": [404, /no such channel/],
    "/snapshot": [503, /no picture yet/],
  };
  for (const [path, [status, words]] of Object.entries(answers)) {
    const response = await fetch(base + path);
    assertEquals(response.status, status, path);
    assertMatch(await response.text(), words);
  }
});

testBothServers("tells its state as µStreamer does", async (base, channels) => {
  const state = async (query = "") =>
    await (await fetch(`${base}/state${query}`)).json();
  assertEquals((await state()).result.source, {
    resolution: { width: 0, height: 0 },
    online: false,
    desired_fps: 0,
    captured_fps: 0,
  });
  publish(channels);
  const response = await fetch(`${base}/stream?key=mine&extra_headers=1`);
  const [, id] = response.headers.get("set-cookie")!
    .match(/^stream_client=mine\/(\w+); path=\/; max-age=30$/)!;
  const reader = new MultipartReader(response);
  await reader.next();
  const told = await state();
  assertEquals(told, {
    ok: true,
    result: {
      instance_id: "",
      encoder: { type: "CPU", quality: 80 },
      source: {
        resolution: { width: 16, height: 8 },
        online: true,
        desired_fps: 0,
        captured_fps: 0,
      },
      stream: {
        queued_fps: 0,
        clients: 1,
        clients_stat: {
          [id]: {
            // Of the last whole second.
            fps: told.result.stream.clients_stat[id].fps,
            extra_headers: true,
            advance_headers: false,
            dual_final_frames: false,
            zero_data: false,
            key: "mine",
          },
        },
      },
    },
  });
  assertEquals(
    (await state("?channel=yard")).result.source.resolution.width,
    24,
  );
  await reader.cancel();
  await until("the client to be gone", async () => {
    const { clients, clients_stat } = (await state()).result.stream;
    return clients === 0 && Object.keys(clients_stat).length === 0;
  });
}, { names, workers: true });

testBothServers(
  "sends what µStreamer's parameters ask for",
  async (base, channels) => {
    publish(channels);
    const extra = new MultipartReader(
      await fetch(`${base}/stream?extra_headers=1&dual_final_frames=1`),
    );
    const { fields } = (await extra.next())!;
    for (const name of ["online", "dropped", "width", "height", "latency"]) {
      assert(fields.has(`x-ustreamer-${name}`), name);
    }
    assertEquals(fields.get("x-ustreamer-width"), "16");
    const again = (await extra.next())!;
    assertEquals(
      again.fields.get("x-timestamp"),
      fields.get("x-timestamp"),
      "the last picture comes twice",
    );
    await extra.cancel();

    const advance = await fetch(`${base}/stream?advance_headers=true`);
    const reader = advance.body!.pipeThrough(new TextDecoderStream("latin1"))
      .getReader();
    let text = "";
    // The head of the part to come is there before the part.
    const heads =
      /^--(\S+)\r\nContent-Type: image\/jpeg\r\nX-Timestamp: \S+\r\n\r\n[^]+\r\n--\1\r\nContent-Type: image\/jpeg\r\nX-Timestamp: \S+\r\n\r\n$/;
    while (!heads.test(text)) text += (await reader.read()).value!;
    await reader.cancel();
  },
  { names },
);
