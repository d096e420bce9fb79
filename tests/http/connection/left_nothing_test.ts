import { assertLess } from "@std/assert";
import { freePort } from "../../support/http/free_port.ts";
import { GIF, TOKEN } from "../../support/http/sending.ts";
import { Inspected } from "../../support/program/inspected.ts";
import { Program } from "../../support/program/program.ts";

const VISITS = 60;
/** What caches and the runtime itself may come to need meanwhile. */
const MAX_OBJECTS = VISITS / 2;
/** A visitor takes so much, then leaves. */
const TAKEN_BYTES = 10;

/** Visits by name, at an address. */
const KINDS: Record<string, (address: string) => Promise<void>> = {
  "a GIF": (address) => visit(`${address}/live.gif`),
  "MJPEG": (address) => visit(`${address}/live.mjpeg`),
  "text": (address) => visit(`${address}/live/ascii?fps=10`),
  "a snapshot": (address) => visit(`${address}/live/snapshot.jpg`),
  "events": (address) => visit(`${address}/api/events`),
  "the state": (address) => visit(`${address}/api/channels`),
  "the page": (address) => visit(`${address}/live`),
  "nothing there": (address) => visit(`${address}/nothing`),
  "a WebSocket": watchBySocket,
  "a frame sent": (address) =>
    visit(`${address}/door/frames`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}` },
      body: GIF,
    }),
};

async function visit(url: string, init?: RequestInit): Promise<void> {
  const leaving = new AbortController();
  try {
    const { body } = await fetch(url, { ...init, signal: leaving.signal });
    let taken = 0;
    for await (const { length } of body ?? []) {
      taken += length;
      if (taken > TAKEN_BYTES) break;
    }
  } finally {
    leaving.abort();
  }
}

async function watchBySocket(address: string): Promise<void> {
  const socket = new WebSocket(`${address.replace("http", "ws")}/live/ws`);
  const once = (type: string) =>
    new Promise((resolve) =>
      socket.addEventListener(type, resolve, { once: true })
    );
  await once("message");
  const closed = once("close");
  socket.close();
  await closed;
}

/** Streams and promises: whatever is held is held by one, or holds one. */
async function countAll(program: Inspected): Promise<number> {
  return await program.count("ReadableStream") + await program.count("Promise");
}

for (const server of ["deno", "node"]) {
  Deno.test(`nothing stays of visits: --server ${server}`, async (t) => {
    const place = `127.0.0.1:${freePort()}`;
    await using program = new Program({
      args: [
        "test:",
        "--ingest",
        "--keep",
        "0",
        "--port",
        "0",
        "--server",
        server,
      ],
      permissions: ["-A", `--inspect=${place}`],
      env: { GIFSTREAM_TOKEN: TOKEN },
    });
    const address = await program.address();
    using inspected = await Inspected.open(place);
    for (const [name, act] of Object.entries(KINDS)) {
      await t.step(name, async () => {
        const visits = async () => {
          for (let i = 0; i < VISITS; i++) await act(address);
        };
        await visits();
        const before = await countAll(inspected);
        await visits();
        let more = Infinity;
        // What ends in the background gets the time for it.
        for (let i = 0; more >= MAX_OBJECTS && i < 10; i++) {
          more = await countAll(inspected) - before;
        }
        assertLess(more, MAX_OBJECTS, `${more} more after ${VISITS} visits`);
      });
    }
  });
}
