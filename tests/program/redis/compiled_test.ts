/**
 * Redis by TLS with what the executable of `deno task compile` may do, and has
 * in it. Deno's own runtime for executables is not in any registry: running one
 * is not tried here.
 */
import { assert, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import config from "../../../deno.json" with { type: "json" };
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { makeCertificate } from "../../support/http/certificate.ts";
import { freePort } from "../../support/http/free_port.ts";
import { untilChannels } from "../../support/program/cli_channels.ts";
import { Program } from "../../support/program/program.ts";
import { RedisServer } from "../../support/redis/redis_server.ts";
import { requireFile, requireTool } from "../../support/require.ts";

const ROOT = fromFileUrl(new URL("../../../", import.meta.url));
const COMMAND = config.tasks.compile.command;
/** It stands in for the runtime. */
const RUNTIME = "/bin/true";

Deno.test({
  name: "the executable may reach Redis by TLS, as origin and as edge",
  ignore: !requireTool("redis-server") || !requireTool("openssl"),
  fn: () =>
    withFolder(async (folder) => {
      const { cert, key } = await makeCertificate(folder, "127.0.0.1");
      const port = freePort();
      await using _redis = await RedisServer.start(
        ...["--tls-port", String(port), "--tls-cert-file", cert],
        ...["--tls-key-file", key, "--tls-ca-cert-file", cert],
        ...["--tls-auth-clients", "no"],
      );
      const permissions = COMMAND.match(/--(allow|unstable)-\S+/g)!;
      permissions.push("--no-prompt");
      const address = `rediss://127.0.0.1:${port}`;
      const tls = ["--redis-ca", cert, "--port", "0"];
      await using origin = new Program({
        permissions,
        args: ["test:", "--publish", address, ...tls],
      });
      await using edge = new Program({ permissions, args: [address, ...tls] });
      await untilChannels(
        await edge.address(),
        (all) => (all.get("live")?.frames ?? 0) > 0,
      );
      for (const program of [origin, edge]) {
        assert(
          !/Requires .* access|warning|error/.test(program.errorText),
          program.errorText,
        );
        assertEquals(await program.stop(), 0);
      }
    }),
});

Deno.test({
  name: "the executable has the client of Redis in it",
  ignore: !requireFile(RUNTIME),
  fn: () =>
    withFolder(async (folder) => {
      const command = COMMAND.replace("dist/gifstream", `${folder}/gifstream`);
      const { code, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["task", "--eval", command],
        cwd: ROOT,
        env: { DENORT_BIN: RUNTIME, NO_COLOR: "1" },
      }).output();
      const said = new TextDecoder().decode(stderr);
      assertEquals(code, 0, said);
      // It lists what it puts in.
      assert(/@redis \(/.test(said), said);
      const text = await Deno.readTextFile(`${folder}/gifstream`);
      assert(text.includes("publishService"));
    }),
});
