import { assertEquals } from "@std/assert";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { makeCertificate } from "../../support/http/certificate.ts";
import { freePort } from "../../support/http/free_port.ts";
import { untilChannels } from "../../support/program/cli_channels.ts";
import { Program } from "../../support/program/program.ts";
import { RedisServer } from "../../support/redis/redis_server.ts";
import { requireTool } from "../../support/require.ts";

const PASSWORD = "s3cret/w@rd:x";

Deno.test({
  name: "Redis is reached by TLS, with a password that is never shown",
  ignore: !requireTool("redis-server") || !requireTool("openssl"),
  fn: () =>
    withFolder(async (folder) => {
      const { cert, key } = await makeCertificate(folder, "127.0.0.1");
      const port = freePort();
      await using _redis = await RedisServer.start(
        ...["--tls-port", String(port), "--tls-cert-file", cert],
        ...["--tls-key-file", key, "--tls-ca-cert-file", cert],
        ...["--tls-auth-clients", "no", "--requirepass", PASSWORD],
      );
      const file = `${folder}/password`;
      await Deno.writeTextFile(file, `${PASSWORD}\n`);
      const tls = ["--redis-ca", cert, "--port", "0"];
      const given = encodeURIComponent(PASSWORD);
      const address = `rediss://127.0.0.1:${port}/3`;
      await using origin = new Program({
        args: [
          ...["test:", "--redis-prefix", "cams", ...tls],
          ...["--publish", address.replace("//", `//:${given}@`)],
        ],
      });
      await using edge = new Program({
        args: [
          ...[address, "--redis-password-file", file],
          ...["--redis-prefix", "cams", ...tls],
        ],
      });
      await using wrong = new Program({
        args: [address.replace("//", "//me:wr0ng-word@"), ...tls],
      });
      await using none = new Program({ args: [address, "--port", "0"] });
      await untilChannels(
        await edge.address(),
        (all) => (all.get("live")?.frames ?? 0) > 0,
      );
      await wrong.waitFor(/^error: Cannot read channels of Redis: WRONGPASS/m);
      await none.waitFor(
        /^error: Cannot read channels of Redis: .*certificate/m,
      );
      const programs = [origin, edge, wrong, none];
      const shown = await Promise.all(programs.map(async (program) => {
        const base = await program.address();
        const told = ["readyz", "metrics", "api/channels"].map(async (path) =>
          await (await fetch(`${base}/${path}`)).text()
        );
        return [...await Promise.all(told), program.errorText].join("\n");
      }));
      for (const text of shown) {
        for (const secret of [PASSWORD, given, "wr0ng-word"]) {
          assertEquals(text.includes(secret), false, text);
        }
      }
    }),
});

Deno.test({
  name: "a user with the rights that the documents name is enough",
  ignore: !requireTool("redis-server"),
  async fn() {
    const document = await Deno.readTextFile(
      new URL("../../../docs/scaling.md", import.meta.url),
    );
    const [, told] = document.match(/`(\+@connection [^`]+)`/)!;
    await using redis = await RedisServer.start();
    await redis.command(
      ...["ACL", "SETUSER", "cams", "on", `>${"w0rd"}`, "resetkeys"],
      ...["~{gifstream}:*", "resetchannels", "&{gifstream}:needs"],
      ...["-@all", ...told.split(/\s+/)],
    );
    const address = redis.address.replace("//", "//cams:w0rd@");
    await using origin = new Program({
      args: ["t=test:", "--on-demand", "--port", "0", "--publish", address],
    });
    await using edge = new Program({ args: [address, "--port", "0"] });
    const base = await edge.address();
    await untilChannels(base, (all) => all.has("t"));
    // That tells the origin what is needed, and what it sends comes back.
    const gif = await fetch(`${base}/t.gif`);
    await untilChannels(base, (all) => (all.get("t")?.frames ?? 0) > 20);
    await gif.body?.cancel();
    const log = await redis.command("ACL", "LOG");
    assertEquals(log, []);
    for (const { errorText } of [origin, edge]) {
      assertEquals(/error/.test(errorText), false, errorText);
    }
  },
});
