import { assertEquals, assertLess } from "@std/assert";
import { until } from "../support/browser/until.ts";
import { bytes } from "../support/gif/gif_bytes.ts";
import { watch } from "../support/http/watch.ts";
import { Program } from "../support/program/program.ts";

const REQUESTS = 20_000;
const CONNECTIONS = 4;
/** Each request takes some 44 kB to answer, so that all take 3.5 GB. */
const REQUEST = "GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n";
const MAX_GROWTH_BYTES = 150e6;

/** A line of what the system says of a process, in bytes. */
async function memoryOf(program: Program, line: "VmRSS" | "VmHWM") {
  const { pid } = program.process;
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return 1024 * Number(status.match(`${line}:\\s*(\\d+)`)![1]);
}

/** Sends as much as the other end takes, and reads nothing. */
async function sendAll(connection: Deno.Conn): Promise<void> {
  const all = bytes(REQUEST.repeat(REQUESTS));
  try {
    for (let sent = 0; sent < all.length;) {
      sent += await connection.write(all.subarray(sent));
    }
  } catch {
    // It was closed, by this end or the other.
  }
}

for (const server of ["deno", "node"]) {
  Deno.test({
    name:
      `gifstream --server ${server} bounds what it keeps of answers that nobody reads`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      const args = ["test:", "--port", "0", "--server", server];
      await using program = new Program({ args });
      const address = await program.address();
      let pictures = 0;
      const watching = (async () => {
        try {
          for await (const _ of watch(`${address}/live.gif`)) pictures++;
        } catch (error) {
          // The program was ended.
          if (!(error instanceof TypeError)) throw error;
        }
      })();
      await until("the first picture", () => pictures > 0);
      const before = await memoryOf(program, "VmRSS");
      const { hostname, port } = new URL(address);
      const place = { hostname, port: Number(port) };
      const connections = await Promise.all(
        Array.from({ length: CONNECTIONS }, () => Deno.connect(place)),
      );
      const sending = connections.map(sendAll);
      const start = pictures;
      await until("pictures meanwhile", () => pictures > start + 30);
      const response = await fetch(`${address}/healthz`);
      assertEquals(await response.text(), "ok\n");
      const growth = await memoryOf(program, "VmHWM") - before;
      assertLess(growth, MAX_GROWTH_BYTES);
      for (const connection of connections) connection.close();
      await Promise.all(sending);
      assertEquals(await program.stop(), 0);
      await watching;
    },
  });
}
