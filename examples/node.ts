/**
 * A stream in a server of node:http that has other things to do, too. The
 * same program runs under Deno and, bundled, under Node:
 *
 *     deno run --allow-net --allow-env examples/node.ts [PORT]
 *     deno bundle -o node.mjs examples/node.ts && node node.mjs [PORT]
 *
 * A server that has nothing else to do: see serveByNode.
 */
import {
  Channel,
  createHandler,
  publishFrame,
  testPattern,
} from "@x/gifstream";
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const channel = new Channel();
const streams = createHandler(channel, { basePath: "/streams" });

const server = createServer((incoming, outgoing) => {
  if (!incoming.url?.startsWith("/streams")) {
    outgoing.end("What is live is at /streams/\n");
    return;
  }
  // A Request cannot be made of any: whoever sends such a one is cut off.
  send(incoming, outgoing).catch(() => outgoing.destroy());
});
server.listen(Number(process.argv[2] ?? 8000), "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`Listening on http://127.0.0.1:${port}/`);
});

for await (const { frame } of testPattern()) publishFrame(channel, frame);

/** Sends the answer; a viewer who leaves ends that. */
async function send(incoming: IncomingMessage, outgoing: ServerResponse) {
  const url = `http://${incoming.headers.host}${incoming.url}`;
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(incoming.headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  const request = new Request(url, { method: incoming.method, headers });
  const response = await streams(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) outgoing.end();
  else await pipeline(Readable.fromWeb(response.body), outgoing);
}
