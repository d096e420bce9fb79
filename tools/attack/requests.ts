import { delay } from "@std/async/delay";
import type { Attack } from "./attack.ts";
import { closeAll, get, many, silent, statusOf, tally } from "./clients.ts";
import { type Target, TOKEN } from "./target.ts";

/** The smallest GIF: one pixel. */
const GIF = Uint8Array.from(
  atob("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=="),
  (letter) => letter.charCodeAt(0),
);
const AUTHORIZED = { authorization: `Bearer ${TOKEN}` };
/** Far below what is sent. */
const MOST_MEGABYTES = 200;

/** The statuses of answers, whose bodies are let go. */
async function statusesOf(
  count: number,
  ask: (i: number) => Promise<Response>,
): Promise<number[]> {
  return await Promise.all(Array.from({ length: count }, async (_, i) => {
    try {
      const { status, body } = await ask(i);
      await body?.cancel();
      return status;
    } catch {
      return 0;
    }
  }));
}

/** Sends without end; the MB that were taken until it was hung up. */
async function sendOn(target: Target, head: string): Promise<number> {
  using connection = await silent(target.port, head);
  const piece = new Uint8Array(65536), end = performance.now() + 8000;
  let bytes = 0;
  try {
    while (performance.now() < end) bytes += await connection.write(piece);
  } catch {
    // Hung up on.
  }
  return bytes / 1e6;
}

/** Pictures a second of a multipart stream. */
async function pictureRate(port: number, seconds: number): Promise<number> {
  using connection = await silent(port, get("/live.mjpeg"));
  const timer = setTimeout(() => closeAll([connection]), seconds * 1000);
  const buffer = new Uint8Array(65536), decoder = new TextDecoder("latin1");
  let pictures = 0;
  try {
    for (let n; (n = await connection.read(buffer)) !== null;) {
      const text = decoder.decode(buffer.subarray(0, n));
      pictures += text.split("image/jpeg").length - 1;
    }
  } catch {
    // The time is over.
  } finally {
    clearTimeout(timer);
  }
  return pictures / seconds;
}

/** What is asked for, and sent. */
export const REQUESTS: readonly Attack[] = [
  {
    tried: "60 pictures of ever new widths at once",
    expected: "some get status 429; plain snapshots: 10 of 10",
    async act({ address }) {
      const forms = statusesOf(
        60,
        (i) => fetch(`${address}/live/snapshot.png?width=${100 + i}`),
      );
      const plain = await statusesOf(
        10,
        () => fetch(`${address}/live/snapshot.jpg`),
      );
      const statuses = await forms;
      return {
        came: `${tally(statuses)}; plain ${tally(plain)}`,
        holds: plain.every((status) => status === 200) &&
          statuses.every((status) => [200, 429, 503].includes(status)),
      };
    },
  },
  {
    tried: "100 event streams from one address",
    expected: "50, the others get status 429",
    async act({ address }) {
      const leaving = new AbortController(), { signal } = leaving;
      const answers = await Promise.all(Array.from(
        { length: 100 },
        () => fetch(`${address}/api/events`, { signal }),
      ));
      const statuses = answers.map(({ status }) => status);
      leaving.abort();
      return { came: tally(statuses), holds: statuses.includes(429) };
    },
  },
  {
    tried: "clips, 200 asked for and reset in 5 s",
    expected: "no gap",
    mostGap: 1,
    async act({ port }) {
      for (let i = 0; i < 50; i++) {
        closeAll(await many(port, get("/live/clip.gif?seconds=30"), 4));
        await delay(100);
      }
      return { came: "reset", holds: true };
    },
  },
  {
    tried: "50 clips at once",
    expected: "those without room get 429 or 503",
    mostGap: 1,
    async act({ address }) {
      const statuses = await statusesOf(
        50,
        () => fetch(`${address}/live/clip.gif?seconds=30`),
      );
      return {
        came: tally(statuses),
        holds: statuses.includes(200) &&
          statuses.every((status) => [200, 429, 503].includes(status)),
      };
    },
  },
  {
    tried: "16 streams of forms of their own",
    expected: "those without room get 429 or 503; plain MJPEG goes on",
    async act({ port }) {
      const alone = await pictureRate(port, 4);
      const streams = await Promise.all(Array.from(
        { length: 16 },
        (_, i) => silent(port, get(`/live.mjpeg?width=${64 + i}`)),
      ));
      const statuses = Promise.all(streams.map(statusOf));
      const beside = await pictureRate(port, 4);
      closeAll(streams);
      return {
        came: `${tally(await statuses)}; ${alone.toFixed(1)} pictures a ` +
          `second before, ${beside.toFixed(1)} beside`,
        holds: beside > alone / 2,
      };
    },
  },
  {
    tried: "40 visits of MJPEG of 160 pixels, one after the other",
    expected: "memory as before",
    async act(target) {
      const before = target.megabytes;
      for (let i = 0; i < 40; i++) {
        const visit = await silent(
          target.port,
          get("/live.mjpeg?width=160"),
        );
        await statusOf(visit);
        closeAll([visit]);
      }
      const more = target.megabytes - before;
      return {
        came: `${more.toFixed(0)} MB more`,
        holds: more < MOST_MEGABYTES,
      };
    },
  },
  {
    tried: "a body without end and without a token",
    expected: "cut off; memory as before",
    async act(target) {
      const before = target.megabytes;
      const head = "POST /live/frames HTTP/1.1\r\nHost: x\r\n" +
        "Content-Length: 999999999999\r\n\r\n";
      const sent = await sendOn(target, head);
      const more = target.megabytes - before;
      return {
        came: `${sent.toFixed(0)} MB taken, ${more.toFixed(0)} MB more`,
        holds: sent < MOST_MEGABYTES && more < MOST_MEGABYTES,
      };
    },
  },
  {
    tried: "bytes without end behind a request",
    expected: "cut off; memory as before",
    async act(target) {
      const before = target.megabytes;
      const sent = await sendOn(target, get("/live.gif"));
      const more = target.megabytes - before;
      return {
        came: `${sent.toFixed(0)} MB taken, ${more.toFixed(0)} MB more`,
        holds: sent < MOST_MEGABYTES && more < MOST_MEGABYTES,
      };
    },
  },
  {
    tried: "40 new names of channels by ingest, a wrong token",
    expected: "16 names, then 503; 401",
    async act({ address }) {
      const send = (path: string, headers: Record<string, string>) =>
        fetch(`${address}/${path}/frames`, {
          method: "POST",
          headers: { ...AUTHORIZED, ...headers },
          body: GIF.slice(),
        });
      const [wrong] = await statusesOf(
        1,
        () => send("x", { authorization: "Bearer no" }),
      );
      const names = await statusesOf(40, (i) => send(`name${i}`, {}));
      const taken = names.filter((status) => status < 300).length;
      return {
        came: `${tally(names)}; ${wrong}`,
        holds: taken === 16 && wrong === 401,
      };
    },
  },
  {
    tried: "the program stopped for 5 s (SIGSTOP)",
    expected: "goes on",
    mostGap: 8,
    async act(target) {
      target.kill("SIGSTOP");
      await delay(5000);
      target.kill("SIGCONT");
      const { ok, body } = await fetch(`${target.address}/healthz`);
      await body?.cancel();
      return { came: ok ? "goes on" : "does not", holds: ok };
    },
  },
];
