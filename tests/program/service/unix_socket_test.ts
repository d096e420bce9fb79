import { assertEquals, assertMatch } from "@std/assert";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { Nginx } from "../../support/http/nginx.ts";
import { documentedLines } from "../../support/http/proxies.ts";
import { untilChannels } from "../../support/program/cli_channels.ts";
import { Program } from "../../support/program/program.ts";
import { requireTool } from "../../support/require.ts";

const SERVERS = ["deno", "node"];
/** The user that Debian's nginx has; its group has the same name. */
const PROXY_USER = "www-data";
const IS_ROOT = Deno.build.os === "linux" && Deno.uid() === 0;

/** The file mode, and the group, of a file. */
async function accessOf(path: string): Promise<[string, number | null]> {
  const { mode, gid } = await Deno.stat(path);
  return [(mode! & 0o777).toString(8), gid];
}

for (const server of SERVERS) {
  Deno.test({
    name: `gifstream --server ${server} gives its socket the mode and group ` +
      "that it is told",
    ignore: Deno.build.os === "windows",
    fn: () =>
      withFolder(async (folder) => {
        const socket = `${folder}/socket`, group = Deno.gid()!;
        const args = ["test:", "--server", server, "--socket", socket];
        const cases: [string[], string][] = [
          [["--socket-mode", "606"], "606"],
          [["--socket-group", String(group)], "660"],
          [["--socket-group", String(group), "--socket-mode", "0620"], "620"],
        ];
        for (const [more, mode] of cases) {
          await using program = new Program({ args: [...args, ...more] });
          await program.waitFor(/Listening on the Unix socket/);
          assertEquals(await accessOf(socket), [mode, group]);
          assertEquals(await program.stop(), 0);
        }
      }),
  });

  Deno.test({
    name: `nginx of another user reaches gifstream --server ${server} by the ` +
      "group of its socket, and by no other",
    ignore: !IS_ROOT || !requireTool("nginx") || !requireTool("setpriv"),
    fn: () =>
      withFolder(async (folder) => {
        await Deno.chmod(folder, 0o777);
        const socket = `${folder}/socket`;
        const lines = (await documentedLines("nginx"))
          .replace("/run/gifstream/socket", socket);
        await using nginx = await Nginx.start(folder, lines, PROXY_USER);
        const page = `${nginx.address}/cams`;
        const args = ["test:", "--server", server, "--socket", socket];
        {
          await using program = new Program({ args });
          await program.waitFor(/Listening on the Unix socket/);
          const refused = await fetch(`${page}/api/channels`);
          await refused.body?.cancel();
          assertEquals(refused.status, 502);
          await program.stop();
        }
        await using program = new Program({
          args: [...args, "--socket-group", PROXY_USER],
        });
        await program.waitFor(/Listening on the Unix socket/);
        await untilChannels(page, (all) => all.get("live")!.frames > 0);
        await program.stop();
      }),
  });
}

Deno.test("gifstream says which group or mode of a socket it cannot use", () =>
  withFolder(async (folder) => {
    const cases: [string[], number, RegExp][] = [
      [
        ["--socket-group", "nobody-has-this"],
        1,
        /expected a group of this machine.*found nobody-has-this/,
      ],
      [["--socket-mode", "888"], 2, /takes three octal digits, as 660: 888/],
    ];
    for (const [more, code, message] of cases) {
      const args = ["test:", "--socket", `${folder}/socket`, ...more];
      await using program = new Program({ args });
      assertEquals(await program.exitCode(), code);
      assertMatch(program.errorText, message);
    }
    await using program = new Program({ args: ["--socket-mode", "660"] });
    assertEquals(await program.exitCode(), 2);
    assertMatch(program.errorText, /Option --socket-mode is for --socket/);
  }));
