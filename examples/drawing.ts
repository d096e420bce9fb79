/**
 * One picture that everybody draws in. The page has no canvas: what you see is
 * a GIF, in which your strokes come back from the server. To run it:
 *
 *     deno run --allow-net --allow-read examples/drawing.ts [PORT]
 */
import { Channel, createHandler, EncodedFrames } from "@x/gifstream";
import page from "./drawing.html" with { type: "text" };

const [WIDTH, HEIGHT, BRUSH] = [480, 320, 2];
const FRAMES_PER_SECOND = 20;
/** Red, green and blue of every pixel, white at first. */
const pixels = new Uint8Array(WIDTH * HEIGHT * 3).fill(255);

const channel = new Channel({ name: "drawing" });
const handler = createHandler(channel);
const port = Number(Deno.args[0] ?? 8000);
Deno.serve({ hostname: "127.0.0.1", port }, async (request) => {
  if (new URL(request.url).pathname === "/") {
    return new Response(page, { headers: { "content-type": "text/html" } });
  }
  if (request.method !== "POST") return handler(request);
  const { from, to, color } = await request.json();
  stroke(from, to, color);
  return new Response();
});

// Only what has changed is sent, however large the picture is.
const options = {
  framesPerSecond: FRAMES_PER_SECOND,
  quality: 100,
  denoise: false,
};
for await (const { part, screen } of new EncodedFrames(pictures(), options)) {
  channel.publishPart(part, screen);
}

/** The picture as it is, again and again. */
async function* pictures() {
  for (;;) {
    yield {
      pixels: pixels.slice(),
      width: WIDTH,
      height: HEIGHT,
      timestampMilliseconds: Date.now(),
    };
    await new Promise((done) => setTimeout(done, 1000 / FRAMES_PER_SECOND));
  }
}

type Point = [x: number, y: number];

/** Draws a line of dots; what lies outside the picture is left out. */
function stroke([x, y]: Point, [endX, endY]: Point, color: number[]): void {
  const steps = Math.ceil(Math.min(Math.hypot(endX - x, endY - y), 1000)) || 1;
  for (let step = 0; step <= steps; step++) {
    dot(x + (endX - x) * step / steps, y + (endY - y) * step / steps, color);
  }
}

function dot(x: number, y: number, color: number[]): void {
  for (let dy = -BRUSH; dy <= BRUSH; dy++) {
    for (let dx = -BRUSH; dx <= BRUSH; dx++) {
      const [column, row] = [Math.round(x) + dx, Math.round(y) + dy];
      if (column < 0 || column >= WIDTH || row < 0 || row >= HEIGHT) continue;
      pixels.set(color.slice(0, 3), 3 * (row * WIDTH + column));
    }
  }
}
