import { assert, assertEquals, assertMatch } from "@std/assert";
import { Channel } from "../../../../src/channel/channel.ts";
import { decodePicture } from "../../../../src/image/decode_picture.ts";
import { writeJpegFile } from "../../../../src/image/write_file.ts";
import { publishFrame } from "../../../../src/ingest/publish_frame.ts";
import { until } from "../../../support/browser/until.ts";
import { colorFrame } from "../../../support/gif/color_frame.ts";
import { testBothServers } from "../../../support/http/both_servers.ts";
import {
  type SeenMessage,
  WallClient,
} from "../../../support/http/wall_client.ts";

const RED = [255, 0, 0], GREEN = [0, 255, 0];

function jpegOf(width: number, height: number, gray: number) {
  const pixels = new Uint8Array(3 * width * height).fill(gray);
  return writeJpegFile({ pixels, width, height, channels: 3 }, 90);
}

testBothServers(
  "sends small pictures of many channels, and their state, in one connection",
  async (base, channels) => {
    const [small, wide, camera] = [...channels];
    publishFrame(small, colorFrame(64, 48, RED));
    publishFrame(wide, colorFrame(1200, 600, GREEN));
    const size = { width: 1920, height: 1080 };
    camera.publishJpeg(jpegOf(1920, 1080, 200), size);
    await using wall = new WallClient(
      `${base}/api/wall?channels=small,wide,camera&width=320&height=180`,
    );
    const first = await wall.message();
    assertEquals(
      first.head.channels!.map(({ name }) => name),
      ["small", "wide", "camera", "other"],
    );
    const files = await wall.until((files) => files.size === 3);
    const looks = Object.fromEntries(
      [...files].map(([name, file]) => [name, [kindOf(file), sizeOf(file)]]),
    );
    assertEquals(looks, {
      // What is small goes as it came.
      small: ["GIF", [64, 48]],
      wide: ["JPEG", [320, 160]],
      camera: ["JPEG", [320, 180]],
    });
    const { pixels } = decodePicture(files.get("camera")!);
    assert(Math.abs(pixels[0] - 200) < 6, `${pixels[0]}`);
    assertEquals(camera.gif.needed, false, "a JPEG need not become a GIF");
    // Nobody counts as a viewer of what is only seen small.
    assertEquals([small.viewers, camera.viewers], [0, 0]);

    camera.publishJpeg(jpegOf(1920, 1080, 80), size);
    await wall.until((files) =>
      Math.abs(decodePicture(files.get("camera")!).pixels[0] - 80) < 6
    );
  },
  { workers: true, names: ["small", "wide", "camera", "other"] },
);

testBothServers(
  "tells a wall what changes, and what comes and goes",
  async (base, channels) => {
    await using wall = new WallClient(`${base}/api/wall?channels=a,c`);
    assertEquals((await wall.message()).head.channels!.length, 2);
    const next = (found: (message: SeenMessage) => boolean) => wall.find(found);
    publishFrame(channels.get("a")!, colorFrame(8, 8, RED));
    const { head } = await next(({ head }) =>
      head.changes?.some(({ name, frames }) => name === "a" && frames === 1) ??
        false
    );
    const change = head.changes!.find(({ name }) => name === "a")!;
    assertEquals([change.width, change.title], [8, undefined]);

    const added = new Channel({ name: "c", title: "See" });
    channels.add(added);
    await next(({ head }) =>
      head.changes?.some(({ name, title }) =>
        name === "c" && title === "See"
      ) ??
        false
    );
    publishFrame(added, colorFrame(8, 8, GREEN));
    await wall.until((files) => files.has("c"));

    channels.remove("a");
    const gone = await next(({ head }) => head.removed !== undefined);
    assertEquals(gone.head.removed, ["a"]);
    channels.close();
    assertEquals((await wall.closed).code, 1001);
  },
  { names: ["a", "b"] },
);

testBothServers(
  "starts sources on demand for a wall only if it is asked to",
  async (base, channels) => {
    const { demand } = channels.first!;
    {
      await using wall = new WallClient(`${base}/api/wall`);
      await wall.message();
      assertEquals(demand.wanted, false);
      await using other = new WallClient(`${base}/api/wall?start=yes`);
      await other.message();
      assertEquals(demand.wanted, true);
    }
    await until("no demand", () => !demand.wanted);
  },
);

testBothServers("counts who watches a wall", async (base) => {
  const counted = async (count: number) => {
    const text = await (await fetch(`${base}/metrics`)).text();
    const { wallViewers } = await (await fetch(`${base}/api/channels`)).json();
    const [, told] = text.match(/^gifstream_wall_viewers (\d+)$/m) ?? [];
    return wallViewers === count && Number(told) === count;
  };
  await until("none", () => counted(0));
  {
    await using wall = new WallClient(`${base}/api/wall`);
    await using other = new WallClient(`${base}/api/wall?width=80`);
    await Promise.all([wall.message(), other.message()]);
    await until("two", () => counted(2));
  }
  await until("none again", () => counted(0));
});

testBothServers("refuses a wall that is none", async (base) => {
  const many = Array.from({ length: 101 }, (_, i) => `c${i}`).join();
  const refusals = {
    "channels=a,../b": /channels must be names of at most 100 channels/,
    [`channels=${many}`]: /channels must be names of at most 100 channels/,
    "width=0": /width must be a whole number from 1 to 8192, not "0"/,
    "fps=11": /fps must be a number from 0.2 to 10/,
    "start=maybe": /start must be no or yes/,
  };
  for (const [query, words] of Object.entries(refusals)) {
    const response = await fetch(`${base}/api/wall?${query}`);
    assertEquals(response.status, 400);
    assertMatch(await response.text(), words);
  }
  const plain = await fetch(`${base}/api/wall`);
  assertEquals(plain.status, 426);
  assertMatch(await plain.text(), /for WebSockets: .*\/api\/wall/);
});

function kindOf(file: Uint8Array): string {
  return file[0] === 0xff ? "JPEG" : "GIF";
}

function sizeOf(file: Uint8Array): number[] {
  if (kindOf(file) === "JPEG") {
    const { width, height } = decodePicture(file);
    return [width, height];
  }
  const view = new DataView(file.buffer, file.byteOffset);
  return [view.getUint16(6, true), view.getUint16(8, true)];
}
