/**
 * One camera, for many viewers: ffmpeg plays it once, and each change in the
 * picture is encoded once. To run it:
 *
 *     deno run --allow-net --allow-read --allow-run=ffmpeg \
 *         examples/relay.ts rtsp://camera/1 [PORT]
 *
 * Anything that ffmpeg plays will do: /dev/video0, or lavfi:testsrc2.
 */
import {
  Channel,
  createHandler,
  EncodedFrames,
  ffmpegFrames,
  withNoSignal,
} from "@x/gifstream";

const [address, port = "8000"] = Deno.args;
if (address === undefined) {
  console.error("Usage: relay.ts ADDRESS [PORT]");
  Deno.exit(2);
}

const framesPerSecond = 10;
const onWarning = (message: string) => console.error(message);

const channel = new Channel({ name: "camera", title: "The camera" });
const server = Deno.serve(
  { hostname: "127.0.0.1", port: Number(port) },
  createHandler(channel),
);

// On Ctrl-C viewers get their GIF's last byte, and keep the last picture.
const stop = new AbortController();
const { signal } = stop;
Deno.addSignalListener("SIGINT", () => stop.abort());

const camera = ffmpegFrames(address, {
  width: 480,
  framesPerSecond,
  onWarning,
  signal,
});
// While the camera is away: its last picture, dimmed, and for how long.
const pictures = withNoSignal(camera, { signal });
const frames = new EncodedFrames(pictures, { framesPerSecond, onWarning });
for await (const { part, screen, timestampMilliseconds } of frames) {
  channel.publishPart(part, screen, { timestampMilliseconds });
}

channel.close();
await server.shutdown();
Deno.exit();
