import { assertEquals, assertGreater } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { commandsOf } from "../support/documents/commands.ts";
import type { Outcome } from "../support/documents/run_commands.ts";
import { ADDRESSES, HOSTS } from "../support/documents/world.ts";
import { requireTool } from "../support/require.ts";

const ROOT = fromFileUrl(new URL("../../", import.meta.url));
const RUNNER = fromFileUrl(
  new URL("../support/documents/run_commands.ts", import.meta.url),
);
const DOCUMENTS = ["README.md", "docs/operation.md"];

/** Commands that cannot be run here, and why. */
const SKIPPED = new Map([
  [
    "npx -y deno@2.9.6 task demo    # a live test pattern at http://localhost:8080/",
    "asks the npm registry, which the network of the test lacks",
  ],
  [
    "npx -y deno@2.9.6 task test    # installs what the tests need and runs them all",
    "runs this test",
  ],
  [
    "npx jsr add @x/gifstream                                # the library, for npm",
    "asks JSR's registry for npm",
  ],
  ["gifstream /dev/video0", "needs a camera in the machine"],
  [
    'gst-launch-1.0 -q v4l2src ! videoconvert ! jpegenc ! fdsink \\\n  | curl -sS -H "Authorization: Bearer $TOKEN" -T - http://HOST:8080/lobby/frames',
    "needs a camera in the machine",
  ],
  [
    "sudo deno install -g -A --unstable-net -n gifstream --root /usr/local jsr:@x/gifstream/cli",
    "changes the machine",
  ],
  [
    "sudo gifstream --config /etc/gifstream/gifstream.yaml --service install",
    "changes the machine",
  ],
]);

const isAble = Deno.build.os === "linux" && Deno.uid() === 0 &&
  ["unshare", "ip", "mount", "vlc", "ffmpeg", "mpv", "redis-server", "curl"]
    .every(requireTool);

/** A network and a table of names of its own. */
const WORLD = `
ip link set lo up
for address in ${
  ADDRESSES.join(" ")
}; do ip address add $address/32 dev lo; done
echo 0 > /proc/sys/net/ipv4/ip_unprivileged_port_start
names=$(mktemp)
echo "127.0.0.1 localhost ${HOSTS.join(" ")}" > "$names"
mount --bind "$names" /etc/hosts
rm "$names"
exec "$@"
`;

for (const path of DOCUMENTS) {
  Deno.test({
    name: `each command of ${path} works as it stands`,
    ignore: !isAble,
    fn: () => runAll(path),
  });
}

async function runAll(path: string): Promise<void> {
  const skipped = JSON.stringify([...SKIPPED.keys()]);
  const { success, stdout, stderr } = await new Deno.Command("unshare", {
    args: ["--net", "--mount", "--kill-child", "--fork", "bash", "-ec", WORLD]
      .concat("bash", Deno.execPath(), "run", "-A", RUNNER, skipped)
      .concat(path),
    cwd: ROOT,
    stdin: "null",
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals([success, new TextDecoder().decode(stderr)], [true, ""]);
  const outcomes = new TextDecoder().decode(stdout).trim().split("\n")
    .map((line): Outcome => JSON.parse(line));
  const wrong = outcomes.filter(({ problem }) => problem !== undefined);
  assertEquals(wrong, []);
  assertGreater(outcomes.length, 10);
}

Deno.test("commands that are not run are in the documents", async () => {
  const all: string[] = [];
  for (const path of DOCUMENTS) {
    const text = await Deno.readTextFile(ROOT + path);
    all.push(...commandsOf(path, text).flat().map(({ text }) => text));
  }
  assertEquals([...SKIPPED.keys()].filter((text) => !all.includes(text)), []);
});
