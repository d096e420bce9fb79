/**
 * The server of `wall.ts`: channels of the test pattern as JPEGs, of five
 * shapes. Prints its port.
 *
 * @module
 */

import { Channel } from "../../src/channel/channel.ts";
import { Channels } from "../../src/channel/channels.ts";
import { serveByDeno } from "../../src/http/deno/deno_server.ts";

const SHAPES = [[1280, 720], [640, 480], [1920, 1080], [720, 1280], [64, 48]];
const PICTURES = 20;

/** The pictures of a shape, as files. */
async function pictures([width, height]: number[]): Promise<Uint8Array[]> {
  const folder = await Deno.makeTempDir();
  const pattern = `testsrc2=size=${width}x${height}:rate=10`;
  const args = ["-v", "error", "-f", "lavfi", "-i", pattern, "-q:v", "5"];
  args.push("-frames:v", `${PICTURES}`, `${folder}/%02d.jpg`);
  await new Deno.Command("ffmpeg", { args }).output();
  const numbers = Array.from({ length: PICTURES }, (_, i) => i + 1);
  const files = await Promise.all(
    numbers.map((number) =>
      Deno.readFile(`${folder}/${String(number).padStart(2, "0")}.jpg`)
    ),
  );
  await Deno.remove(folder, { recursive: true });
  return files;
}

const [count, framesPerSecond] = Deno.args.map(Number);
const shapes = await Promise.all(SHAPES.map(pictures));
const channels = new Channels(
  Array.from({ length: count }, (_, i) => new Channel({ name: `cam${i + 1}` })),
);
let tick = 0;
setInterval(() => {
  tick++;
  [...channels].forEach((channel, index) => {
    const shape = index % SHAPES.length, [width, height] = SHAPES[shape];
    const jpeg = shapes[shape][(tick + index) % PICTURES];
    channel.publishJpeg(jpeg, { width, height });
  });
}, 1000 / framesPerSecond);
const { addr } = serveByDeno(channels, { hostname: "127.0.0.1", port: 0 });
console.log(addr.port);
