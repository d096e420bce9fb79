import { delay } from "@std/async/delay";
import type { Attack } from "./attack.ts";
import {
  answerTo,
  closeAll,
  get,
  many,
  socket,
  statusIn,
  tally,
} from "./clients.ts";
import { HELD_OPEN } from "./held.ts";
import { MINE, type Target } from "./target.ts";

/** Descriptors that come and go by themselves. */
const SLACK = 15;

/** Opens and closes connections for some seconds. */
async function storm(target: Target, text: string): Promise<number> {
  const end = performance.now() + 4000;
  let count = 0;
  while (performance.now() < end) {
    const connections = await many(target.port, text, 60);
    count += connections.length;
    closeAll(connections);
    await delay(150);
  }
  return count;
}

const MALFORMED = [
  ...["\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\nHost: x\r\n\r\n"],
  ...["GET / HTTP/2.0\r\nHost: x\r\n\r\n", "\0\0\0\0\r\n\r\n", "{}\r\n\r\n"],
  ...["GET  / HTTP/1.1\r\nHost: x\r\n\r\n", "get / http/1.1\r\n\r\n"],
  get("/", "Host: other"),
  get("/", "Content-Length: 5", "Transfer-Encoding: chunked"),
  get("/", "Content-Length: -1"),
  get("/", "Content-Length: 5", "Content-Length: 6"),
  get("/", "Transfer-Encoding: chunked, identity"),
  get("/", " folded: x"),
  get("/", "Na me: x"),
  get("/", `Cookie: ${"x".repeat(100_000)}`),
  get(`/${"x".repeat(100_000)}`),
  ...["/%00", "/%ff", "/%", "/live.gif?fps=%", "/live.gif?backlog=1e999"]
    .map((path) => get(path)),
  ...["/../../etc/passwd", "/%2e%2e/healthz", "//evil.example/", "/live%2egif"]
    .map((path) => get(path)),
  "POST /live/frames HTTP/1.1\r\nHost: x\r\nContent-Length: 9e9\r\n\r\n",
  "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
  "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n",
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nxxxxxxxxxxxxxxxx",
  socket("/live/ws").replace("dGhlIHNhbXBsZSBub25jZQ==", "x"),
];

/** What is done with connections and heads of requests. */
export const CONNECTIONS: readonly Attack[] = [
  {
    tried: "1500 connections that are closed without a byte",
    expected: "no descriptor left after 5 s",
    async act(target) {
      const before = target.descriptors;
      for (let i = 0; i < 10; i++) closeAll(await many(target.port, "", 150));
      const took = await target.untilDescriptors(before + SLACK, 5);
      const left = target.descriptors - before;
      return {
        came: `${Math.max(0, left)} left after ${took.toFixed(1)} s`,
        holds: left <= SLACK,
      };
    },
  },
  {
    tried: "a storm of viewers that leave at once",
    expected: "no descriptor left after 5 s",
    async act(target) {
      const before = target.descriptors;
      const count = await storm(target, get("/live.gif"));
      await target.untilDescriptors(before + SLACK, 5);
      const left = target.descriptors - before;
      return {
        came: `${count} visits, ${Math.max(0, left)} descriptors left`,
        holds: left <= SLACK,
      };
    },
  },
  {
    tried: `${MALFORMED.length} malformed requests`,
    expected: "hung up on, or a status of 4xx",
    async act({ port }) {
      const statuses: number[] = [];
      for (const request of MALFORMED) {
        statuses.push(statusIn(await answerTo(port, request)));
      }
      return {
        came: tally(statuses),
        holds: statuses.every((status) => status < 500),
      };
    },
  },
  {
    tried: "a page whose name leads here (DNS rebinding) opens a WebSocket",
    expected: "status 403; 101 for a page that may",
    async act({ port }) {
      const origins = ["http://evil.example", MINE];
      const statuses: number[] = [];
      for (const origin of origins) {
        const request = socket("/live/ws", `Origin: ${origin}`)
          .replace("Host: 127.0.0.1", "Host: evil.example");
        statuses.push(statusIn(await answerTo(port, request)));
      }
      return {
        came: statuses.join(", "),
        holds: statuses.join() === "403,101",
      };
    },
  },
  HELD_OPEN,
];
