/**
 * Any GIF from standard input, live to everyone. To run it:
 *
 *     deno run --allow-net examples/parts.ts [PORT]
 *     deno bundle -o parts.mjs examples/parts.ts && node parts.mjs [PORT]
 *
 * For instance behind `ffmpeg -re -i film.mp4 -f gif - |`.
 */
import { Broadcaster } from "@x/gifstream";
import { GifPartStream } from "@x/gifstream/gif";
import { createServer } from "node:http";
import process from "node:process";
import { Readable } from "node:stream";

const broadcaster = new Broadcaster();
const server = createServer((_, response) => {
  response.setHeader("content-type", "image/gif");
  Readable.fromWeb(broadcaster.subscribe()).pipe(response);
});
server.listen(Number(process.argv[2] ?? 8000), "127.0.0.1", () => {
  const { port } = server.address() as { port: number };
  console.log(`Listening on http://127.0.0.1:${port}/`);
});

const gif = Readable.toWeb(process.stdin);
for await (const part of gif.pipeThrough(new GifPartStream())) {
  broadcaster.begin(part.screen);
  broadcaster.publish(part);
}
broadcaster.close();
server.close();
