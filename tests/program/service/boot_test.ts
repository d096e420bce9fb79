/**
 * README.md's way to a service, on a machine that systemd runs: one file, one
 * command after the installation, and then a power cut.
 *
 * @module
 */

import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { requireTool } from "../../support/require.ts";
import { Machine } from "../../support/systemd/machine.ts";

const DENO = "/usr/local/bin/deno-of-the-test";
const WAIT_MILLISECONDS = 180_000;

const CONFIG = `
inputs:
  door: { source: "lavfi:testsrc2", size: 160, fps: 5 }
  yard: { source: "lavfi:testsrc2=s=320x240", rotate: 90 }
  lobby: { source: "test:", on-demand: true }
`;
const SHOWN = "curl -fsS http://127.0.0.1:8080/api/channels";

const isAble = Deno.build.os === "linux" && Deno.uid() === 0 &&
  ["unshare", "nsenter", "systemctl", "mount", "ip", "ffmpeg", "curl"]
    .every(requireTool) &&
  canMount();

/** A container may not mount, though its user is root. */
function canMount(): boolean {
  const { success } = new Deno.Command("unshare", {
    args: ["-m", "mount", "-t", "tmpfs", "tmpfs", "/tmp"],
    stderr: "null",
  }).outputSync();
  return success;
}

/** The shapes of channels, once those that should have had pictures. */
async function shapes(machine: Machine): Promise<Record<string, string>> {
  const text = await machine.until(
    `${SHOWN} | grep -E '"name":"yard".*"width":240' | ` +
      `grep -E '"name":"door".*"width":160'`,
    WAIT_MILLISECONDS,
  );
  const { channels } = JSON.parse(text);
  return Object.fromEntries(
    channels.map((
      { name, width, height }: {
        name: string;
        width: number;
        height: number;
      },
    ) => [name, `${width}x${height}`]),
  );
}

Deno.test({
  name: "a file and a command make a service that survives a reboot, and a " +
    "program that hangs",
  ignore: !isAble,
  async fn() {
    await using machine = await Machine.boot();
    const cache = "/var/cache/private/gifstream";
    const { npmCache } = JSON.parse(
      new TextDecoder().decode(
        (await new Deno.Command(Deno.execPath(), {
          args: ["info", "--json"],
        }).output()).stdout,
      ),
    );
    // It has no network: what an installation would load is there already.
    await machine.run(
      `cp ${Deno.execPath()} ${DENO} && mkdir -p /opt/gifstream/tools && ` +
        `cd /mnt && cp -r cli.ts mod.ts deno.json deno.lock src ` +
        `/opt/gifstream && cp -r tools/std /opt/gifstream/tools && ` +
        `mkdir -p -m 700 /var/cache/private && mkdir ${cache} && ` +
        `cp -r ${npmCache} ${cache}/npm`,
    );
    await machine.run(
      `mkdir -m 750 /etc/gifstream && umask 077 && ` +
        `echo '${CONFIG}' > /etc/gifstream/gifstream.yaml`,
    );
    const said = await machine.run(
      `cd /root && DENO_DIR=${cache} ${DENO} run -A /opt/gifstream/cli.ts ` +
        "--config /etc/gifstream/gifstream.yaml --service install",
    );
    assertMatch(said, /gifstream runs, and will whenever this machine does/);
    const first = await shapes(machine);
    assertEquals(first, {
      door: "160x120",
      yard: "240x320",
      lobby: "0x0",
    });
    const user = await machine.run(
      "ps -o user:32= -p $(systemctl show -P MainPID gifstream)",
    );
    assertEquals(user.trim(), "gifstreamd");

    await machine.reboot();
    assertEquals(await shapes(machine), first);

    const pid = () => machine.run("systemctl show -P MainPID gifstream");
    const before = await pid();
    await machine.run(
      "mkdir -p /run/systemd/system/gifstream.service.d && " +
        "printf '[Service]\\nWatchdogSec=5\\n' > " +
        "/run/systemd/system/gifstream.service.d/watchdog.conf && " +
        "systemctl daemon-reload && systemctl restart gifstream",
    );
    const watched = await pid();
    assertNotEquals(watched, before);
    await machine.run(`kill -STOP ${watched}`);
    await machine.until(
      "systemctl show -P NRestarts gifstream | grep -v '^0'",
      WAIT_MILLISECONDS,
    );
    assertEquals(await shapes(machine), first);

    // Where systemd listens, the first client starts it, and clients that come
    // while it starts again wait.
    await machine.run(
      "cp /mnt/docs/systemd/gifstream.socket /etc/systemd/system && " +
        "echo 'server: node' >> /etc/gifstream/gifstream.yaml && " +
        "systemctl daemon-reload && systemctl stop gifstream && " +
        "systemctl start gifstream.socket",
    );
    assertEquals(await shapes(machine), first);
    await machine.run(
      "systemctl restart gifstream & while kill -0 $! 2> /dev/null; do " +
        `${SHOWN} --max-time 100 > /dev/null || exit; done; wait $!`,
    );
    assertEquals(await shapes(machine), first);
    await machine.run("systemctl stop gifstream.socket gifstream");
    assertEquals(
      await machine.run("systemctl show -P Result gifstream"),
      "success\n",
    );
  },
});
