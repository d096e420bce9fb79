import { assertEquals } from "@std/assert";
import { until } from "../../support/browser/until.ts";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { makeCertificate } from "../../support/http/certificate.ts";
import { Program } from "../../support/program/program.ts";
import { requireTool } from "../../support/require.ts";

/** Connections of which each may come to another worker. */
const LOOKS = 8;

/** True if a new connection is served by this certificate. */
async function isServedBy(cert: string, address: string): Promise<boolean> {
  using client = Deno.createHttpClient({ caCerts: [cert] });
  try {
    const response = await fetch(`${address}/healthz`, { client });
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
}

async function areServedBy(cert: string, address: string): Promise<boolean> {
  const looks = Array.from({ length: LOOKS }, () => isServedBy(cert, address));
  return (await Promise.all(looks)).every((isServed) => isServed);
}

for (const workers of ["1", "2"]) {
  Deno.test({
    name:
      `gifstream --workers ${workers} takes a new certificate, and keeps its viewers`,
    ignore: Deno.build.os !== "linux" || !requireTool("openssl"),
    fn: () =>
      withFolder(async (folder) => {
        const { cert, key } = await makeCertificate(folder, "127.0.0.1");
        const renewed: { cert: string; key: string }[] = [];
        for (const name of ["second", "third"]) {
          await Deno.mkdir(`${folder}/${name}`);
          const own = `${folder}/${name}`;
          renewed.push(await makeCertificate(own, "127.0.0.1"));
        }
        const read = Deno.readTextFile;
        const first = await read(cert);
        const [second, third] = await Promise.all(
          renewed.map(({ cert }) => read(cert)),
        );
        await using program = new Program({
          args: ["test:", "--port", "0", "--cert", cert, "--key", key]
            .concat("--workers", workers),
          permissions: ["-A", "--unstable-net"],
        });
        const [, address] = await program.waitFor(/Watch at (https:\S+)\//);
        using client = Deno.createHttpClient({ caCerts: [first] });
        const { body } = await fetch(`${address}/live.gif`, { client });
        const viewer = body!.getReader();
        const moves = async () => {
          for (let chunks = 0; chunks < 5; chunks++) {
            assertEquals((await viewer.read()).done, false);
          }
        };
        await moves();

        // By itself, soon after both files have changed.
        await Deno.copyFile(renewed[0].key, key);
        await Deno.copyFile(renewed[0].cert, cert);
        await program.waitFor(/Certificate read again: \S+, until 20/);
        await until("the second", () => areServedBy(second, address));
        assertEquals(await isServedBy(first, address), false);
        await moves();

        // A key that is another's changes nothing, nor does a signal then.
        await Deno.copyFile(renewed[1].cert, cert);
        program.process.kill("SIGHUP");
        await program.waitFor(
          /error: Certificate not taken, the one before stays: the key in \S+key\.pem is not that of /,
        );
        assertEquals(await areServedBy(second, address), true);

        await Deno.copyFile(renewed[1].key, key);
        program.process.kill("SIGHUP");
        await program.waitFor(/(Certificate read again[^]*){2}/);
        await until("the third", () => areServedBy(third, address));
        await moves();
        await viewer.cancel();
        assertEquals(await program.stop(), 0);
      }),
  });
}
