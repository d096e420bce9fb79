/**
 * Streams below a path of a Hono application. To run it:
 *
 *     deno run --allow-net examples/hono.ts [PORT]
 *
 * Then open http://localhost:8000/.
 */
import {
  Channel,
  Channels,
  createHandler,
  publishFrame,
  testPattern,
} from "@x/gifstream";
import { Hono } from "hono";

const channels = new Channels([
  new Channel({ name: "large" }),
  new Channel({ name: "small" }),
]);
const streams = createHandler(channels, { basePath: "/streams" });

const app = new Hono();
app.get("/", (c) => c.html('Live: <a href="/streams/">two streams</a>'));
app.all("/streams/*", (c) => streams(c.req.raw));

const port = Number(Deno.args[0] ?? 8000);
Deno.serve({ hostname: "127.0.0.1", port }, app.fetch);

await Promise.all([play("large", 640, 360), play("small", 160, 90)]);

async function play(name: string, width: number, height: number) {
  for await (const { frame } of testPattern({ width, height })) {
    const channel = channels.get(name);
    if (channel !== undefined) publishFrame(channel, frame);
  }
}
