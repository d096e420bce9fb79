/**
 * Pixels of your own, live: what a canvas's getImageData() gives. To run it:
 *
 *     deno run --allow-net --allow-read --allow-env examples/pixels.ts [PORT]
 *     deno bundle -o pixels.mjs examples/pixels.ts && node pixels.mjs [PORT]
 */
import { Channel, publishPixels } from "@x/gifstream";
import { serveByNode } from "@x/gifstream/node";
import process from "node:process";

const channel = new Channel({ name: "pixels" });
const port = Number(process.argv[2] ?? 8000);
const { addr } = await serveByNode(channel, { port });
console.log(`Listening on http://${addr.hostname}:${addr.port}/`);

const [width, height] = [160, 90];
setInterval(() => {
  const seconds = Date.now() / 1000;
  const data = new Uint8ClampedArray(4 * width * height).map((_, at) =>
    128 + 127 * Math.sin((at % (4 * width)) / 99 + at % 4 + seconds)
  );
  publishPixels(channel, { data, width, height });
}, 100);
