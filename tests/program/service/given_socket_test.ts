import { assert, assertEquals, assertMatch } from "@std/assert";
import { until } from "../../support/browser/until.ts";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { freePort } from "../../support/http/free_port.ts";
import { Program } from "../../support/program/program.ts";
import { requireTool } from "../../support/require.ts";

const needsSystemd = {
  ignore: !requireTool("systemd-socket-activate") || !requireTool("curl"),
};

/** The program, which systemd starts for the first client of a socket. */
function activated(place: string, args: string[]): Program {
  return new Program({
    args,
    before: ["systemd-socket-activate", "--listen", place],
  });
}

/** What a client gets, who waits for the program to start. */
async function fetched(...args: string[]): Promise<string> {
  const { stdout } = await new Deno.Command("curl", {
    args: ["-s", "--max-time", "60", ...args],
    stderr: "null",
  }).output();
  return new TextDecoder().decode(stdout);
}

Deno.test({
  name: "gifstream serves at a port that systemd has opened, alone",
  ...needsSystemd,
  fn: () =>
    withFolder(async (folder) => {
      const place = `127.0.0.1:${freePort()}`;
      const seen = `${folder}/seen`;
      const child = `{ env; ls -l /proc/self/fd; } > ${seen}`;
      await using program = activated(place, [
        ...["live=test:", `exec:${child}`, "--server", "node"],
      ]);
      await program.waitFor(/Listening on/);
      assertEquals(await fetched(`http://${place}/healthz`), "ok\n");
      assertEquals(await program.address(), `http://${place}`);
      const response = await fetch(`http://${place}/live.gif`);
      const gif = response.bytes();
      await until("the child", async () => {
        const text = await Deno.readTextFile(seen).catch(() => "");
        return text.includes("total 0");
      });
      const text = await Deno.readTextFile(seen);
      assert(!text.includes("LISTEN_"), text);
      // Its own, and the folder that it looks at.
      const descriptors = text.slice(text.indexOf("total 0"));
      assertEquals([...descriptors.matchAll(/ (\d+) -> /g)].length, 4);
      assertEquals(await program.stop(), 0);
      assertEquals((await gif).at(-1), 0x3b);
    }),
});

Deno.test({
  name: "gifstream serves at a Unix socket that systemd has opened",
  ...needsSystemd,
  fn: () =>
    withFolder(async (folder) => {
      const path = `${folder}/socket`;
      const args = ["live=test:", "--server", "node"];
      await using program = activated(path, args);
      await program.waitFor(/Listening on/);
      const page = await fetched(
        ...["--unix-socket", path, "-H", "X-Forwarded-Prefix: /cams"],
        ...["-H", "Accept: text/html", "http://cams.example.org/live"],
      );
      // It is trusted as one of its own.
      assertMatch(page, /http:\/\/cams\.example\.org\/cams\/live/);
      await program.waitFor(/Listening on the Unix socket of systemd/);
      assert(!program.errorText.includes("warning:"), program.errorText);
      assertEquals(await program.stop(), 0);
    }),
});

Deno.test({
  name: "gifstream says why it cannot take the socket of systemd",
  ...needsSystemd,
  async fn() {
    const cases = [
      [["test:"], "--server node, found deno"],
      [
        ["test:", "--server", "node", "--workers", "2"],
        "--workers 1, found 2",
      ],
    ] as const;
    for (const [args, what] of cases) {
      const place = `127.0.0.1:${freePort()}`;
      await using program = activated(place, [...args]);
      await program.waitFor(/Listening on/);
      await fetched(`http://${place}/healthz`);
      assertEquals(await program.exitCode(), 2);
      const said = `Cannot take the socket of systemd: expected ${what}`;
      assert(program.errorText.includes(said), program.errorText);
    }
  },
});
