import { assert, assertEquals, assertLess, assertMatch } from "@std/assert";
import { deadline } from "@std/async/deadline";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { untilChannels } from "../../support/program/cli_channels.ts";
import { Program } from "../../support/program/program.ts";

const ignore = Deno.build.os !== "linux";
const WAIT_MILLISECONDS = 60_000;
const WATCHDOG_MILLISECONDS = 400;

/** What systemd listens to. */
class Listener implements Disposable {
  readonly #socket: Deno.DatagramConn;

  constructor(path: string) {
    this.#socket = Deno.listenDatagram({ transport: "unixpacket", path });
  }

  async next(): Promise<string> {
    const [bytes] = await deadline(this.#socket.receive(), WAIT_MILLISECONDS);
    return new TextDecoder().decode(bytes);
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }
}

for (const inFolder of [true, false]) {
  Deno.test({
    name: "gifstream tells systemd that it serves, lives and ends, at a " +
      `socket in ${inFolder ? "a" : "no"} folder`,
    ignore,
    fn: () =>
      withFolder(async (folder) => {
        const name = `${folder}/notify`;
        using listener = new Listener(inFolder ? name : `\0${name}`);
        const seen = `${folder}/environment`;
        await using program = new Program({
          args: ["test:", `exec:env > ${seen}`, "--port", "0"],
          env: {
            NOTIFY_SOCKET: inFolder ? name : `@${name}`,
            WATCHDOG_USEC: String(WATCHDOG_MILLISECONDS * 1000),
          },
        });
        assertEquals(await listener.next(), "READY=1");
        const address = await program.address();
        assertEquals(await listener.next(), "WATCHDOG=1");
        const before = performance.now();
        assertEquals(await listener.next(), "WATCHDOG=1");
        assertLess(performance.now() - before, 2 * WATCHDOG_MILLISECONDS);
        await untilChannels(address, (all) => all.get("test")!.frames > 0);
        const variables = await Deno.readTextFile(seen);
        assertMatch(variables, /^PATH=/m);
        assert(!/NOTIFY|WATCHDOG/.test(variables), variables);
        program.process.kill("SIGTERM");
        let message = await listener.next();
        while (message === "WATCHDOG=1") message = await listener.next();
        assertEquals(message, "STOPPING=1");
        assertEquals(await program.exitCode(), 0);
      }),
  });
}

Deno.test({
  name: "gifstream gives no sign of life for another process",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      const path = `${folder}/notify`;
      using listener = new Listener(path);
      await using program = new Program({
        args: ["test:", "--port", "0"],
        env: {
          NOTIFY_SOCKET: path,
          WATCHDOG_USEC: "20000",
          WATCHDOG_PID: "1",
        },
      });
      assertEquals(await listener.next(), "READY=1");
      const address = await program.address();
      await untilChannels(address, (all) => all.get("live")!.frames > 3);
      program.process.kill("SIGTERM");
      assertEquals(await listener.next(), "STOPPING=1");
      assertEquals(await program.exitCode(), 0);
    }),
});

Deno.test({
  name: "gifstream says why it cannot tell systemd, and serves",
  ignore,
  async fn() {
    await using program = new Program({
      args: ["test:", "--port", "0"],
      permissions: ["--allow-net", "--allow-env", "--allow-read"],
      env: { NOTIFY_SOCKET: "/run/nobody/listens" },
    });
    await program.address();
    assertMatch(program.errorText, /Cannot tell systemd.*--allow-ffi/);
    assertEquals(await program.stop(), 0);
  },
});
