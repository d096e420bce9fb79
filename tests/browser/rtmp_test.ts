import { assertEquals } from "@std/assert";
import type { Page } from "puppeteer-core";
import { BROWSERS, look, type Rectangle } from "../support/browser/browser.ts";
import {
  type Pixels,
  shareOfDifferentPixels,
} from "../support/browser/pixels.ts";
import {
  type RunningProgram,
  startFfmpeg,
} from "../support/browser/programs.ts";
import {
  requireRtmpServer,
  startRtmpServer,
} from "../support/browser/rtmp_server.ts";
import { until } from "../support/browser/until.ts";
import {
  ffmpegChildren,
  waitForEnd,
} from "../support/program/ffmpeg_children.ts";
import { Program } from "../support/program/program.ts";
import { requireTool } from "../support/require.ts";

const WIDTH = 320, HEIGHT = 180;
const PICTURE: Rectangle = { x: 0, y: 0, width: WIDTH, height: HEIGHT };
/** As a camera or OBS publishes: H.264, a keyframe each second. */
const PUBLISH = [
  ...["-re", "-f", "lavfi", "-i", `testsrc2=s=${WIDTH}x${HEIGHT}:r=20`],
  ...["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency"],
  ...["-pix_fmt", "yuv420p", "-g", "20", "-f", "flv"],
];
/** Mean of all samples that the test picture has, and the dimmed one not. */
const BRIGHT = 80;

const [{ launch, installed }] = BROWSERS;

Deno.test({
  name: "gifstream plays RTMP in Chromium, and recovers when it is published " +
    "again",
  ignore: ![installed, requireTool("ffmpeg"), requireRtmpServer()]
    .every(Boolean),
  // The connection to the browser lives through all steps.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    await using stack = new AsyncDisposableStack();
    const server = stack.use(await startRtmpServer());
    const address = `${server.address}/camera`;
    const publisher = stack.use(publish(address));
    const program = stack.use(
      new Program({ args: [address, "--port", "0", "--fps", "20"] }),
    );
    const browser = stack.use(await launch());
    const page = await browser.newPage();
    await page.setViewport({ width: WIDTH, height: HEIGHT });
    await page.setContent(
      "<!doctype html><style>body { margin: 0 }</style>" +
        `<img src="${await program.address()}/live.gif">`,
      { waitUntil: "domcontentloaded" },
    );

    await t.step("it moves", () => untilMoving(page));
    await t.step("no signal, when the publisher is killed", async () => {
      await publisher.end("SIGKILL");
      await until("a dimmed picture", async () => {
        const light = brightness(await look(page, PICTURE));
        return light > 0 && light < BRIGHT;
      });
    });
    await t.step("it moves again, when there is a new one", async () => {
      stack.use(publish(address));
      await untilMoving(page);
    });
    await t.step("no ffmpeg is left when gifstream stops", async () => {
      const children = await ffmpegChildren(program.process.pid);
      assertEquals(children.length, 1);
      assertEquals(await program.stop(), 0);
      await waitForEnd(children[0]);
    });
  },
});

function publish(address: string): RunningProgram {
  return startFfmpeg(".", [...PUBLISH, address]);
}

/** Waits until there is a bright picture, and then others. */
async function untilMoving(page: Page): Promise<void> {
  let last: Pixels | undefined, changes = 0;
  await until("three changes of a bright picture", async () => {
    const now = await look(page, PICTURE);
    if (brightness(now) < BRIGHT) return false;
    if (last !== undefined && shareOfDifferentPixels(last, now) > 0.001) {
      changes++;
    }
    last = now;
    return changes >= 3;
  });
}

/** The mean of all samples, 0 to 255. */
function brightness({ rgb }: Pixels): number {
  return rgb.reduce((sum, value) => sum + value, 0) / rgb.length;
}
