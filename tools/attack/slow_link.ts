/**
 * Watches by a link that is slower than the stream, and prints how late the
 * pictures are:
 *
 *     deno task attack:slow-link [--server deno|node] [--form mjpeg|websocket]
 *
 * The link is the loopback of a network namespace of its own, slowed down by
 * `tc`; that takes Linux, and root or namespaces for users. It ends with exit
 * code 1 if pictures are more than a second late.
 *
 * @module
 */

import { parseArgs } from "@std/cli/parse-args";
import { fromFileUrl } from "@std/path";
import { get, silent } from "./clients.ts";
import { Target } from "./target.ts";

const LINK = "ip link set lo mtu 1500 up && " +
  "tc qdisc add dev lo root tbf rate 400kbit burst 8kb latency 400ms";
const SECONDS = 25;
/** Of those at the end, when the lag is what it stays. */
const LAST_SECONDS = 10;
const MOST_LAG_SECONDS = 1;

interface Arrival {
  at: number;
  lagSeconds: number;
  bytes: number;
}

const FORMS: Record<string, (port: number) => Promise<Arrival[]>> = {
  mjpeg: arrivalsByMjpeg,
  websocket: arrivalsByWebSocket,
};

async function main(args: string[]): Promise<number> {
  const { server, form, inside } = parseArgs(args, {
    string: ["server", "form"],
    boolean: ["inside"],
  });
  if (!inside) return await goInside(args);
  let late = 0;
  for (const name of server === undefined ? ["deno", "node"] : [server]) {
    await using target = await Target.start(name, false);
    for (const way of form === undefined ? Object.keys(FORMS) : [form]) {
      const arrivals = await FORMS[way](target.port);
      const begun = arrivals.at(-1)!.at - LAST_SECONDS * 1000;
      const last = arrivals.filter(({ at }) => at > begun);
      const lags = last.map(({ lagSeconds }) => lagSeconds)
        .sort((a, b) => a - b);
      const bytes = last.reduce((sum, { bytes }) => sum + bytes, 0);
      const median = lags[lags.length >> 1];
      if (median > MOST_LAG_SECONDS) late++;
      console.log(
        `${name}, ${way}: ${
          (last.length / LAST_SECONDS).toFixed(1)
        } pictures ` +
          `a second of ${(bytes / last.length / 1000).toFixed(0)} kB, ` +
          `${median.toFixed(1)} s late, ${lags.at(-1)!.toFixed(1)} s at most`,
      );
    }
  }
  return late === 0 ? 0 : 1;
}

/** Runs this in a namespace that has nothing but the slow link. */
async function goInside(args: string[]): Promise<number> {
  const own = Deno.uid() === 0 ? [] : ["--user", "--map-root-user"];
  const script = fromFileUrl(import.meta.url);
  const { code } = await new Deno.Command("unshare", {
    args: [
      ...[...own, "--net", "sh", "-c", `${LINK} && exec "$@"`, "sh"],
      ...[Deno.execPath(), "run", "-A", script, "--inside", ...args],
    ],
  }).spawn().status;
  return code;
}

/** The pictures of a multipart stream, as they come. */
async function arrivalsByMjpeg(port: number): Promise<Arrival[]> {
  using connection = await silent(port, get("/live.mjpeg"));
  const end = performance.now() + SECONDS * 1000;
  const buffer = new Uint8Array(65536), decoder = new TextDecoder("latin1");
  const arrivals: Arrival[] = [];
  let text = "";
  while (performance.now() < end) {
    const length = await connection.read(buffer);
    if (length === null) throw new Error("The stream has ended");
    text += decoder.decode(buffer.subarray(0, length));
    for (let found; (found = firstPicture(text)) !== undefined;) {
      const { seconds, bytes, rest } = found;
      const at = performance.now();
      arrivals.push({ at, lagSeconds: Date.now() / 1000 - seconds, bytes });
      text = rest;
    }
  }
  return arrivals;
}

/** The pictures of a WebSocket, as they come, each behind its time. */
async function arrivalsByWebSocket(port: number): Promise<Arrival[]> {
  const url = `ws://127.0.0.1:${port}/live/ws?format=jpeg&time=yes`;
  const socket = new WebSocket(url);
  socket.binaryType = "arraybuffer";
  const arrivals: Arrival[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
    const seconds = new DataView(data).getFloat64(0) / 1000;
    arrivals.push({
      at: performance.now(),
      lagSeconds: Date.now() / 1000 - seconds,
      bytes: data.byteLength,
    });
  };
  socket.onclose = () => reject(new Error("The WebSocket has ended"));
  const timer = setTimeout(resolve, SECONDS * 1000);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    socket.onclose = null;
    socket.close();
  }
  return arrivals;
}

/** The first whole picture; undefined if it is not there yet. */
function firstPicture(text: string) {
  const head = text.match(/Content-Length: (\d+)[^]*?\r\n\r\n/i);
  if (head === null) return undefined;
  const bytes = Number(head[1]), start = head.index! + head[0].length;
  if (text.length < start + bytes) return undefined;
  const [, seconds] = text.slice(0, start).match(/X-Timestamp: ([\d.]+)/i)!;
  return { seconds: Number(seconds), bytes, rest: text.slice(start + bytes) };
}

Deno.exit(await main(Deno.args));
