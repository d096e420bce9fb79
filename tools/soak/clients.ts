import { rest } from "./sources.ts";

/** What clients got so far. */
export interface ClientCounts {
  bytes: number;
  visits: number;
  /** Answers of status 500, and connections that were refused. */
  failures: number;
}

const CHANNELS = ["yard", "room0", "film", "pattern", "door"];
const STREAMS = [".gif", ".mjpeg", ".mjpeg?width=160", "/ascii?fps=2"];
const FILES = [
  ...["/snapshot.jpg", "/snapshot.png?width=100", "/snapshot.gif"],
  ...["/clip.gif?seconds=2", ".gif?finite", "", "/embed"],
];

/** The counts of clients that have not begun. */
export function noCounts(): ClientCounts {
  return { bytes: 0, visits: 0, failures: 0 };
}

/** Clients of all kinds, who come and go until the signal. */
export async function runClients(
  address: string,
  counts: ClientCounts,
  signal: AbortSignal,
): Promise<void> {
  const random = <Kind>(of: readonly Kind[]) =>
    of[Math.floor(of.length * Math.random())];
  const loop = async (act: () => Promise<void>) => {
    while (!signal.aborted) {
      counts.visits++;
      try {
        await act();
      } catch {
        if (!signal.aborted) counts.failures++;
      }
      await rest(1000 * Math.random(), signal);
    }
  };
  const visit = async (path: string, milliseconds: number) => {
    const leaving = AbortSignal.any([
      signal,
      AbortSignal.timeout(milliseconds),
    ]);
    try {
      const response = await fetch(address + path, { signal: leaving });
      if (response.status === 500) counts.failures++;
      for await (const { length } of response.body ?? []) {
        counts.bytes += length;
      }
    } catch (error) {
      if (!leaving.aborted) throw error;
    }
  };
  await Promise.all([
    ...Array.from(
      { length: 6 },
      () =>
        loop(() =>
          visit(`/${random(CHANNELS)}${random(STREAMS)}`, 5000 * Math.random())
        ),
    ),
    ...Array.from(
      { length: 3 },
      () => loop(() => visit(`/${random(CHANNELS)}${random(FILES)}`, 20_000)),
    ),
    loop(() => visit("/api/events", 3000)),
    loop(() => visit("/api/channels", 10_000)),
    loop(() => watchBySocket(address, random(CHANNELS), counts, signal)),
    loop(() => takeNothing(address)),
  ]);
}

/** A viewer by WebSocket, who leaves after a while. */
async function watchBySocket(
  address: string,
  channel: string,
  counts: ClientCounts,
  signal: AbortSignal,
): Promise<void> {
  const url = `${address.replace("http", "ws")}/${channel}/ws?format=auto`;
  const socket = new WebSocket(url);
  socket.binaryType = "arraybuffer";
  socket.addEventListener("message", ({ data }) => {
    counts.bytes += data.byteLength ?? data.length;
  });
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener("close", () => resolve());
    // A channel may have gone: that is no failure.
    socket.addEventListener("error", () => resolve());
  });
  await Promise.race([closed, rest(3000, signal)]);
  socket.close();
}

/** One who asks, and reads nothing; and one who sends half a request. */
async function takeNothing(address: string): Promise<void> {
  const { hostname, port } = new URL(address);
  const requests = [
    "GET /pattern.gif HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET /pattern.gif HTTP/1.1\r\nHo",
  ];
  for (const request of requests) {
    using connection = await Deno.connect({ hostname, port: Number(port) });
    await connection.write(new TextEncoder().encode(request));
    await rest(2000, AbortSignal.timeout(5000));
  }
}
