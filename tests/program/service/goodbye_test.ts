import { assertEquals, assertLess, assertMatch } from "@std/assert";
import { delay } from "@std/async/delay";
import { untilChannels } from "../../support/program/cli_channels.ts";
import { Program } from "../../support/program/program.ts";

/** Within this time the program ends, whatever its viewers do. */
const MOST_MILLISECONDS = 5000;
/** What a slow viewer waits before it reads on. */
const PAUSE_MILLISECONDS = 2500;
/** A GIF's trailer, and the end of a body that is sent in chunks. */
const END = /;(\r\n0\r\n\r\n)?$/;

async function watch(port: number): Promise<Deno.TcpConn> {
  const viewer = await Deno.connect({ port });
  const request = "GET /live.gif HTTP/1.1\r\nHost: localhost\r\n\r\n";
  await viewer.write(new TextEncoder().encode(request));
  await viewer.read(new Uint8Array(1));
  return viewer;
}

for (const server of ["deno", "node"]) {
  Deno.test({
    name: `gifstream --server ${server} gives slow viewers the end of their ` +
      "GIF after SIGTERM, and those who take nothing 5 s",
    ignore: Deno.build.os === "windows",
    async fn() {
      // Noise, of some MB/s, fills what the system keeps for a connection.
      const noise = "lavfi:nullsrc=s=640x480,geq=random(1)*255:128:128";
      await using program = new Program({
        args: [noise, "--port", "0", "--server", server, "--size", "640"]
          .concat("--quality", "100", "--stall-timeout", "600"),
      });
      const address = await program.address();
      const port = Number(new URL(address).port);
      await untilChannels(address, (all) => all.get("live")!.frames > 0);
      using slow = await watch(port);
      using stuck = await watch(port);
      await untilChannels(
        address,
        (all) => all.get("live")!.skippedFrames > 1,
      );
      const before = performance.now();
      program.process.kill("SIGTERM");
      await delay(PAUSE_MILLISECONDS);
      const end = await lastBytes(slow);
      assertMatch(new TextDecoder().decode(end), END);
      assertEquals(await program.exitCode(), 0);
      assertLess(performance.now() - before, MOST_MILLISECONDS);
      assertEquals(stuck.remoteAddr.transport, "tcp");
    },
  });
}

/** The last bytes before the server hangs up. */
async function lastBytes(viewer: Deno.TcpConn): Promise<Uint8Array> {
  let last = new Uint8Array(0);
  const buffer = new Uint8Array(2 ** 16);
  for (;;) {
    const read = await viewer.read(buffer);
    if (read === null) return last;
    const joined = new Uint8Array(last.length + read);
    joined.set(last);
    joined.set(buffer.subarray(0, read), last.length);
    last = joined.slice(-16);
  }
}
