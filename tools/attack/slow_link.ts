/**
 * Watches by a link that is slower than the stream, and prints how late the
 * pictures are:
 *
 *     deno task attack:slow-link [--server deno|node]
 *
 * The link is the loopback of a network namespace of its own, slowed down by
 * `tc`; that takes Linux, and root or namespaces for users.
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

interface Arrival {
  at: number;
  lagSeconds: number;
  bytes: number;
}

async function main(args: string[]): Promise<void> {
  const { server, inside } = parseArgs(args, {
    string: ["server"],
    boolean: ["inside"],
  });
  if (!inside) return await goInside(args);
  for (const name of server === undefined ? ["deno", "node"] : [server]) {
    await using target = await Target.start(name, false);
    const arrivals = await arrivalsAt(target.port);
    const begun = arrivals.at(-1)!.at - LAST_SECONDS * 1000;
    const last = arrivals.filter(({ at }) => at > begun);
    const lags = last.map(({ lagSeconds }) => lagSeconds).sort((a, b) => a - b);
    const bytes = last.reduce((sum, { bytes }) => sum + bytes, 0);
    console.log(
      `${name}: ${(last.length / LAST_SECONDS).toFixed(1)} pictures a second ` +
        `of ${(bytes / last.length / 1000).toFixed(0)} kB, ` +
        `${lags[lags.length >> 1].toFixed(1)} s late, ` +
        `${lags.at(-1)!.toFixed(1)} s at most`,
    );
  }
}

/** Runs this in a namespace that has nothing but the slow link. */
async function goInside(args: string[]): Promise<void> {
  const own = Deno.uid() === 0 ? [] : ["--user", "--map-root-user"];
  const script = fromFileUrl(import.meta.url);
  const { code } = await new Deno.Command("unshare", {
    args: [
      ...[...own, "--net", "sh", "-c", `${LINK} && exec "$@"`, "sh"],
      ...[Deno.execPath(), "run", "-A", script, "--inside", ...args],
    ],
  }).spawn().status;
  Deno.exit(code);
}

/** The pictures of a multipart stream, as they come. */
async function arrivalsAt(port: number): Promise<Arrival[]> {
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

/** The first whole picture; undefined if it is not there yet. */
function firstPicture(text: string) {
  const head = text.match(/Content-Length: (\d+)[^]*?\r\n\r\n/i);
  if (head === null) return undefined;
  const bytes = Number(head[1]), start = head.index! + head[0].length;
  if (text.length < start + bytes) return undefined;
  const [, seconds] = text.slice(0, start).match(/X-Timestamp: ([\d.]+)/i)!;
  return { seconds: Number(seconds), bytes, rest: text.slice(start + bytes) };
}

await main(Deno.args);
