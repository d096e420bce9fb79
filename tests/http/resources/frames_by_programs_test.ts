import { assert, assertEquals, assertMatch } from "@std/assert";
import { decodeGif } from "../../../src/gif/canvas/decode_gif.ts";
import { testBothServers } from "../../support/http/both_servers.ts";
import {
  GIF,
  post,
  taking,
  TOKEN,
  waitForParts,
} from "../../support/http/sending.ts";
import { plainJpeg } from "../../support/image/jpeg_files.ts";
import { requireFile, requireTool } from "../../support/require.ts";

const ffmpeg = requireTool("ffmpeg"), curl = requireTool("curl");
const gstreamer = requireTool("gst-launch-1.0") &&
  requireFile(
    `/usr/lib/${Deno.build.arch}-linux-gnu/gstreamer-1.0/libgstsoup.so`,
  );

async function run(program: string, args: string[]): Promise<string> {
  const { stdout, stderr, code } = await new Deno.Command(program, { args })
    .output();
  const text = new TextDecoder().decode(stdout);
  const errors = new TextDecoder().decode(stderr);
  assertEquals(code, 0, `${program}: ${errors}${text}`);
  return text;
}

/** The forms in which ffmpeg sends pictures. */
const FFMPEG_FORMS = [
  "-f gif",
  "-f mjpeg",
  "-f mpjpeg",
  "-c:v png -f image2pipe",
  "-c:v gif -gifimage 1 -f image2pipe",
];

/** ffmpeg sends pictures, without end. */
function ffmpegSends(form: string, address: string): Deno.ChildProcess {
  const args = `-v error -re -f lavfi -i testsrc=size=64x48:rate=10 ${form}`;
  return new Deno.Command("ffmpeg", {
    args: [
      ...args.split(" "),
      "-method",
      "PUT",
      "-headers",
      `Authorization: Bearer ${TOKEN}\r\n`,
      address,
    ],
    stdin: "null",
  }).spawn();
}

for (const form of FFMPEG_FORMS) {
  if (!ffmpeg) break;
  testBothServers(
    `puts what ffmpeg ${form} sends on air as it comes`,
    async (base, channels) => {
      const channel = channels.first!;
      const process = ffmpegSends(form, `${base}/live/frames`);
      const { jpegs } = await waitForParts(channel, 5);
      assertEquals(jpegs, form.includes("jpeg") ? 5 : 0);
      assertEquals(channel.screen, { width: 64, height: 48 });
      const second = await post(`${base}/live/frames`, GIF);
      assertEquals(second.status, 409);
      assertMatch(await second.text(), /another sender streams into it/);
      process.kill("SIGINT");
      await process.status;
      const third = await post(`${base}/live/frames`, GIF);
      assertEquals(await third.json(), { frames: 1, refused: 0 });
    },
    { configure: taking() },
  );
}

const PIPELINE = "videotestsrc is-live=true ! " +
  "video/x-raw,width=64,height=48,framerate=20/1 ! jpegenc";

/** Elements behind the encoder, and how the token is sent. */
const GSTREAMER_FORMS: [behind: string, user: string, query: string][] = [
  [" ! multipartmux", "", `?token=${TOKEN}`],
  ["", `camera:${TOKEN}@`, ""],
];

for (const [behind, user, query] of GSTREAMER_FORMS) {
  if (!gstreamer) break;
  let refusals: string[] = [];
  testBothServers(
    `puts what GStreamer${behind} sends on air, by ${user || query}`,
    async (base, channels) => {
      const place = `${base.replace("//", `//${user}`)}/live/frames${query}`;
      // Its sink stops for good when an answer takes a second: it is started
      // again and again.
      const command = new Deno.Command("timeout", {
        args: `-s KILL 1 gst-launch-1.0 -q ${PIPELINE}${behind}`.split(" ")
          .concat("!", "souphttpclientsink", `location=${place}`),
        stdin: "null",
        stderr: "null",
      });
      let isOver = false;
      const sending = (async () => {
        while (!isOver) await command.output();
      })();
      await waitForParts(channels.first!, 10);
      isOver = true;
      await sending;
      assertEquals(channels.first!.status().refusedFrames, 0);
      // Heads and line breaks that come by themselves are no mistakes.
      const wrong = /in a part|found 0d/;
      assertEquals(refusals.filter((text) => wrong.test(text)), []);
    },
    {
      configure: (channels) => {
        const { ingest } = taking()(channels), refused: string[] = [];
        refusals = refused;
        const onRefused = (message: string) => refused.push(message);
        return { ingest: { ...ingest!, anyAuthentication: true, onRefused } };
      },
    },
  );
}

if (curl) {
  testBothServers(
    "takes many frames over one connection",
    async (base, channels) => {
      const channel = channels.first!;
      const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
      const arrived = waitForParts(channel, 3);
      const answers: string[] = [];
      try {
        for (const red of [250, 130, 20]) {
          const file = `${folder}/${red}.jpg`;
          await Deno.writeFile(file, plainJpeg(32, 16, [red, 0, 0]));
        }
        const each = (red: number) => [
          "--data-binary",
          `@${folder}/${red}.jpg`,
          "-H",
          `Authorization: Bearer ${TOKEN}`,
          "-w",
          "%{http_code} %{num_connects}\n",
          `${base}/live/frames`,
        ];
        const line = await run("curl", [
          "-s",
          ...each(250),
          "--next",
          "-s",
          ...each(130),
          "--next",
          "-s",
          ...each(20),
        ]);
        answers.push(...line.trim().split("\n"));
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
      const accepted = '{"frames":1,"refused":0}200';
      assertEquals(answers, [
        `${accepted} 1`,
        `${accepted} 0`,
        `${accepted} 0`,
      ]);
      assertEquals((await arrived).jpegs, 3);
      const { pixels } = [...decodeGif((await channel.snapshot())!)][0];
      assert(Math.abs(pixels[0] - 20) < 12, `red is ${pixels[0]}`);
    },
    { configure: taking() },
  );

  testBothServers("answers a large body with a wrong token", async (base) => {
    const file = await Deno.makeTempFile({ prefix: "gifstream-test-" });
    try {
      await Deno.writeFile(file, new Uint8Array(8_000_000));
      for (const expect of ["Expect:", "Expect: 100-continue"]) {
        const text = await run("curl", [
          ..."-s -X POST -H".split(" "),
          "Authorization: Bearer wrong",
          "-H",
          expect,
          "-T",
          file,
          "-w",
          "%{http_code}",
          `${base}/live/frames`,
        ]);
        assertMatch(text, /^Frames need the server's token.*\n401$/);
      }
    } finally {
      await Deno.remove(file);
    }
  }, { configure: taking() });
}
