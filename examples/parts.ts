/**
 * Any GIF from standard input, live to everyone. To run it:
 *
 *     deno run --allow-net --allow-env examples/parts.ts [PORT]
 *     deno bundle -o parts.mjs examples/parts.ts && node parts.mjs [PORT]
 *
 * For instance behind `ffmpeg -re -i film.mp4 -f gif - |`.
 */
import { Channel } from "@x/gifstream";
import { GifPartStream } from "@x/gifstream/gif";
import { serveByNode } from "@x/gifstream/node";
import process from "node:process";
import { Readable } from "node:stream";

const channel = new Channel({ name: "parts" });
const port = Number(process.argv[2] ?? 8000);
const { addr } = await serveByNode(channel, { port });
console.log(`Listening on http://${addr.hostname}:${addr.port}/`);

const gif = Readable.toWeb(process.stdin);
for await (const part of gif.pipeThrough(new GifPartStream())) {
  channel.publishPart(part, part.screen);
}
