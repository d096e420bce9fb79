/** The process that plays thousands of viewers, and counts what they get. */

import { connect, type Socket } from "node:net";
import { answerParent } from "./child.ts";

/** What this process can be asked. */
export type ViewersQuestion =
  | { do: "join"; port: number; path: string; viewers: number; stop: boolean }
  | { do: "count" };

/** What viewers read from their sockets since the last time. */
export interface ViewerCount {
  /** Bytes that the viewers who read got: the least, the most, all. */
  minBytes: number;
  maxBytes: number;
  totalBytes: number;
  /** Viewers whose connection has ended. */
  gone: number;
}

/** Few enough at a time for the server's queue of new connections. */
const JOINING_AT_ONCE = 50;

interface Viewer {
  socket: Socket;
  bytes: number;
}

const viewers: Viewer[] = [];
let gone = 0;

/** Connects, asks, and waits for the first bytes. */
function join(port: number, path: string, stop: boolean): Promise<Viewer> {
  const { promise, resolve, reject } = Promise.withResolvers<Viewer>();
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  const viewer = { socket, bytes: 0 };
  socket.on("connect", () => {
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  });
  socket.once("data", () => {
    if (stop) socket.pause();
    resolve(viewer);
  });
  socket.on("data", (bytes) => viewer.bytes += bytes.length);
  socket.on("error", reject);
  socket.on("close", () => gone++);
  return promise;
}

async function joinAll(
  { port, path, viewers: count, stop }: ViewersQuestion & { do: "join" },
): Promise<void> {
  for (let i = 0; i < count; i += JOINING_AT_ONCE) {
    const length = Math.min(JOINING_AT_ONCE, count - i);
    const joined = await Promise.all(
      Array.from({ length }, () => join(port, path, stop)),
    );
    if (!stop) viewers.push(...joined);
  }
}

function count(): ViewerCount {
  const counts = viewers.map((viewer) => viewer.bytes);
  for (const viewer of viewers) viewer.bytes = 0;
  return {
    minBytes: Math.min(...counts),
    maxBytes: Math.max(...counts),
    totalBytes: counts.reduce((sum, bytes) => sum + bytes, 0),
    gone,
  };
}

await answerParent<ViewersQuestion>((question) =>
  question.do === "join" ? joinAll(question) : count()
);
