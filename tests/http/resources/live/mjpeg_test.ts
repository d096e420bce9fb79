import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
} from "@std/assert";
import { decode } from "jpeg-js";
import type { Channel } from "../../../../src/channel/channel.ts";
import { decodeGif } from "../../../../src/gif/canvas/decode_gif.ts";
import { until } from "../../../support/browser/until.ts";
import { colorFrame } from "../../../support/gif/color_frame.ts";
import { testBothServers } from "../../../support/http/both_servers.ts";
import { MultipartReader } from "../../../support/http/multipart_reader.ts";
import { requireTool } from "../../../support/require.ts";
import { publishFrame } from "../../../../src/ingest/publish_frame.ts";

const RED = [255, 0, 0], GREEN = [0, 255, 0], BLUE = [0, 0, 255];

/** The color in the middle of a JPEG, which is never quite the one meant. */
const CHROMIUM = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 " +
  "(KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
const WEBKIT = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) " +
  "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 " +
  "Safari/604.1";

function isColored(jpeg: Uint8Array, color: number[]): boolean {
  const { data, width, height } = decode(jpeg, { useTArray: true });
  const at = 4 * (width * (height >> 1) + (width >> 1));
  return color.every((value, i) => Math.abs(data[at + i] - value) < 16);
}

function publish(channel: Channel, color: number[], jpeg?: Uint8Array): void {
  publishFrame(channel, colorFrame(32, 24, color), { jpeg });
}

testBothServers(
  "sends JPEG parts that strict readers accept",
  async (base, channels) => {
    const channel = channels.first!;
    publish(channel, RED);
    const response = await fetch(`${base}/live.mjpeg`);
    const reader = new MultipartReader(response);
    assert(reader.boundary.length > 30);
    for (const color of [RED, GREEN, BLUE]) {
      if (color !== RED) publish(channel, color);
      // The next picture is not there yet: the boundary behind this one is.
      const { fields, body } = (await reader.next())!;
      assertEquals(fields.get("content-type"), "image/jpeg");
      assertMatch(fields.get("x-timestamp")!, /^\d{10}\.\d{6}$/);
      assert(isColored(body, color));
    }
    publish(channel, RED);
    channel.close();
    // Once more, to close what was begun after it: see `farewell`.
    for (const word of ["the last one", "again"]) {
      assert(isColored((await reader.next())!.body, RED), word);
    }
    assertEquals(await reader.next(), undefined);
  },
);

testBothServers(
  "sends whole GIFs as parts, of what viewers see",
  async (base, channels) => {
    const channel = channels.first!;
    publish(channel, RED);
    const response = await fetch(`${base}/live.mjpeg?parts=gif`);
    const reader = new MultipartReader(response);
    const first = (await reader.next())!;
    assertEquals(first.fields.get("content-type"), "image/gif");
    // Half of the picture changes.
    const half = colorFrame(16, 24, GREEN);
    publishFrame(channel, {
      ...half,
      screen: { width: 32, height: 24 },
      standalone: false,
    });
    const { body } = (await reader.next())!;
    const [{ pixels }] = [...decodeGif(body)];
    assertEquals([...pixels.slice(0, 4)], [...GREEN, 255]);
    assertEquals([...pixels.slice(-4)], [...RED, 255]);
    channel.close();
    assertEquals((await reader.next())!.body, body);
    assertEquals(await reader.next(), undefined);
  },
);

testBothServers(
  "sends JPEG that came in as it came, scaled and weighed if asked",
  async (base, channels) => {
    const channel = channels.first!;
    publish(channel, BLUE);
    const made = await (await fetch(`${base}/snapshot.jpg`)).bytes();
    publish(channel, RED, made);
    const partOf = async (query: string) => {
      const reader = new MultipartReader(
        await fetch(`${base}/live.mjpeg${query}`),
      );
      const { body } = (await reader.next())!;
      await reader.cancel();
      return body;
    };
    assertEquals(await partOf(""), made);
    const best = await partOf("?quality=100");
    const worst = await partOf("?quality=1");
    assertNotEquals(best, made);
    assert(worst.length < best.length);
    const small = await partOf("?width=8");
    const { width, height } = decode(small, { useTArray: true });
    assertEquals([width, height], [8, 6]);
  },
);

for (const agent of [CHROMIUM, WEBKIT]) {
  testBothServers(
    `sends the head of the next part to an <img>, which waits for it: ${agent}`,
    async (base, channels) => {
      publish(channels.first!, RED);
      const headers = { "user-agent": agent, accept: "image/webp,*/*;q=0.8" };
      const response = await fetch(`${base}/live.mjpeg`, { headers });
      let text = "";
      const head = "Content-Type: image/jpeg\r\nX-Timestamp: ";
      for await (const chunk of response.body!) {
        text += new TextDecoder("latin1").decode(chunk);
        if (text.split(head).length === 3 && text.endsWith("\r\n\r\n")) break;
      }
      assert(!text.includes("Content-Length"));
    },
  );

  testBothServers(
    `sends a script the length of each part: ${agent}`,
    async (base, channels) => {
      publish(channels.first!, RED);
      const headers = { "user-agent": agent, accept: "*/*" };
      const reader = new MultipartReader(
        await fetch(`${base}/live.mjpeg`, { headers }),
      );
      const { fields, body } = (await reader.next())!;
      assertEquals(fields.get("content-length"), String(body.length));
      await reader.cancel();
    },
  );

  testBothServers(
    `closes the last part, which was begun before: ${agent}`,
    async (base, channels) => {
      const channel = channels.first!;
      publish(channel, RED);
      const headers = { "user-agent": agent, accept: "image/webp,*/*;q=0.8" };
      const response = await fetch(`${base}/live.mjpeg`, { headers });
      const boundary = response.headers.get("content-type")!.split("=")[1];
      const text = new Response(response.body).bytes()
        .then((all) => new TextDecoder("latin1").decode(all));
      await until("the viewer", () => channel.viewers === 1);
      channel.close();
      const parts = (await text).split(`--${boundary}`);
      // Nothing before the first one, the picture twice, and the end.
      assertEquals(parts.length, 4);
      assertEquals(parts[3], "--\r\n");
      const picture = (part: string) => part.slice(part.indexOf("\r\n\r\n"));
      assertEquals(picture(parts[2]), picture(parts[1]));
    },
  );
}

testBothServers("refuses what it cannot make", async (base, channels) => {
  publish(channels.first!, RED);
  for (const query of ["width=0", "quality=101", "fps=x", "parts=png"]) {
    const response = await fetch(`${base}/live.mjpeg?${query}`);
    assertEquals(response.status, 400);
    assertMatch(await response.text(), /^The parameter \w+ must be .*, not/);
  }
  const forms: Response[] = [];
  for (let width = 1; width <= 13; width++) {
    forms.push(await fetch(`${base}/live.mjpeg?width=${width}`));
  }
  assertEquals(forms[11].status, 200);
  assertEquals(forms[12].status, 503);
  assertMatch(await forms[12].text(), /too many forms/);
  const plain = await fetch(`${base}/live.mjpeg`);
  assertEquals(plain.status, 200, "there is always a place for it");
  await plain.body!.cancel();
  await Promise.all(forms.slice(0, 12).map(({ body }) => body!.cancel()));
  await until("leaving", () => channels.first!.viewers === 0);
  const again = await fetch(`${base}/live.mjpeg?width=13`);
  assertEquals(again.status, 200);
  await again.body!.cancel();
});

testBothServers(
  "makes each picture once for all viewers",
  async (base, channels) => {
    const channel = channels.first!;
    publish(channel, RED);
    const readers = await Promise.all(
      Array.from(
        { length: 5 },
        async () => new MultipartReader(await fetch(`${base}/live.mjpeg`)),
      ),
    );
    const times = async () => {
      const parts = await Promise.all(readers.map((reader) => reader.next()));
      return parts.map((part) => part!.fields.get("x-timestamp"));
    };
    await times();
    publish(channel, GREEN);
    assertEquals(new Set(await times()).size, 1);
    assertEquals(channel.viewers, 5);
    await Promise.all(readers.map((reader) => reader.cancel()));
  },
  { workers: true },
);

testBothServers(
  "gives a scan for the markers of JPEG one picture after another",
  async (base, channels) => {
    const channel = channels.first!;
    publish(channel, RED);
    const response = await fetch(`${base}/live.mjpeg`);
    // As Home Assistant does: from FF D8 to the next FF D9, no headers.
    let pending = new Uint8Array(0);
    const colors = [RED, GREEN, BLUE];
    for await (const chunk of response.body!) {
      pending = Uint8Array.from([...pending, ...chunk]);
      const start = pending.findIndex((byte, i) =>
        byte === 0xff && pending[i + 1] === 0xd8
      );
      const end = pending.findIndex((byte, i) =>
        i > start && byte === 0xff && pending[i + 1] === 0xd9
      );
      if (start < 0 || end < 0) continue;
      assert(isColored(pending.slice(start, end + 2), colors.shift()!));
      pending = pending.slice(end + 2);
      if (colors.length === 0) break;
      publish(channel, colors[0]);
    }
    assertEquals(colors, []);
  },
);

for (const format of ["mpjpeg", undefined]) {
  const name = format === undefined ? "by itself" : `as ${format}`;
  if (!requireTool("ffmpeg")) break;
  testBothServers(
    `feeds ffmpeg, which reads the stream ${name}`,
    async (base, channels) => {
      const channel = channels.first!;
      publish(channel, RED);
      const child = new Deno.Command("ffmpeg", {
        args: [
          ...["-v", "error", ...(format ? ["-f", format] : [])],
          ...["-i", `${base}/live.mjpeg`, "-frames:v", "3", "-vsync", "0"],
          ...["-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
        ],
        stdin: "null",
        stdout: "piped",
        stderr: "piped",
      }).spawn();
      const output = child.output();
      let done = false;
      output.finally(() => done = true);
      // It looks at some pictures before it begins.
      let turn = 0;
      await until("ffmpeg to end", () => {
        publish(channel, [RED, GREEN, BLUE][turn++ % 3]);
        return done;
      });
      const { code, stdout, stderr } = await output;
      assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
      assertEquals(stdout.length, 3 * 3 * 32 * 24);
    },
  );
}

if (requireTool("mpv")) {
  testBothServers("plays in mpv", async (base, channels) => {
    const child = new Deno.Command("mpv", {
      args: ["--no-config", "--vo=null", "--ao=null", "--frames=3"].concat(
        ["--msg-level=all=error", "--untimed", `${base}/live.mjpeg`],
      ),
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const output = child.output();
    let done = false;
    output.finally(() => done = true);
    let turn = 0;
    await until("mpv to end", () => {
      publish(channels.first!, [RED, GREEN, BLUE][turn++ % 3]);
      return done;
    });
    const { code, stderr } = await output;
    assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
  });
}
