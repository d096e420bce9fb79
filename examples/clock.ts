/**
 * A clock, drawn in code, in a GIF that never ends. To run it:
 *
 *     deno run --allow-net examples/clock.ts [PORT]
 */
import { Channel, createHandler, publishFrame } from "@x/gifstream";
import { indexedFrame } from "@x/gifstream/gif";

const SIZE = 240;
const CENTER = SIZE / 2;
const PAPER = 0, INK = 1, RED = 2;
const COLORS = Uint8Array.from([
  ...[250, 247, 240],
  ...[40, 44, 52],
  ...[205, 50, 40],
  ...[0, 0, 0],
]);

const channel = new Channel({ name: "clock", title: "What time it is" });
setInterval(() => {
  const frame = indexedFrame({ width: SIZE, height: SIZE }, draw(), COLORS);
  publishFrame(channel, frame, { timestampMilliseconds: Date.now() });
}, 100);

const port = Number(Deno.args[0] ?? 8000);
Deno.serve({ hostname: "127.0.0.1", port }, createHandler(channel));

/** One color index a pixel, row by row. */
function draw(): Uint8Array {
  const pixels = new Uint8Array(SIZE * SIZE).fill(PAPER);
  const now = new Date();
  const seconds = now.getSeconds() + now.getMilliseconds() / 1000;
  const minutes = now.getMinutes() + seconds / 60;
  const hours = now.getHours() + minutes / 60;
  for (let hour = 0; hour < 12; hour++) line(pixels, hour / 12, 95, 110, 3);
  line(pixels, hours / 12, 0, 60, 7);
  line(pixels, minutes / 60, 0, 90, 5);
  line(pixels, seconds / 60, -15, 100, 2, RED);
  return pixels;
}

/** A part of a hand: `turn` is 0 at twelve o'clock and 0.25 at three. */
function line(
  pixels: Uint8Array,
  turn: number,
  from: number,
  to: number,
  thickness: number,
  color = INK,
): void {
  const [dx, dy] = [
    Math.sin(turn * 2 * Math.PI),
    -Math.cos(turn * 2 * Math.PI),
  ];
  for (let radius = from; radius <= to; radius += 0.5) {
    const left = Math.round(CENTER + dx * radius - thickness / 2);
    const top = Math.round(CENTER + dy * radius - thickness / 2);
    for (let y = top; y < top + thickness; y++) {
      pixels.fill(color, y * SIZE + left, y * SIZE + left + thickness);
    }
  }
}
