import { assertEquals, assertMatch } from "@std/assert";
import { fromFileUrl } from "@std/path";
import config from "../../../deno.json" with { type: "json" };
import { until } from "../../support/browser/until.ts";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { channelsOf } from "../../support/program/cli_channels.ts";
import { Program } from "../../support/program/program.ts";
import {
  ShadeViewer,
  withWorkers,
} from "../../support/program/with_workers.ts";

Deno.test({
  name: "gifstream --workers 2 needs no permission but to read itself",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const permissions = [
      "--allow-net",
      "--allow-env=GIFSTREAM_VIEWER_TOKEN,GIFSTREAM_TOKEN",
    ];
    await using without = withWorkers(["test:"], { permissions });
    assertEquals(await without.exitCode(), 2);
    assertMatch(without.errorText, /--workers needs threads.*--allow-read$/m);
    const files = fromFileUrl(new URL("../../..", import.meta.url));
    await using gifstream = withWorkers(["test:"], {
      permissions: [...permissions, `--allow-read=${files}`],
    });
    const address = await gifstream.address();
    const viewer = new ShadeViewer(`${address}/live.gif`);
    await until("a picture", () => viewer.shades.length > 0);
    assertEquals(await gifstream.stop(), 0);
    await viewer.end;
  },
});

Deno.test({
  name: "gifstream --workers says which of Deno's options is missing",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withFolder(async (folder) => {
      // As a user has it who runs it without this checkout's settings.
      const { imports, links } = config;
      const root = fromFileUrl(new URL("../../..", import.meta.url));
      const file = `${folder}/deno.json`;
      const own = {
        name: config.name,
        version: config.version,
        exports: "./none.ts",
        imports,
        links: links.map((path) => `${root}/${path}`),
      };
      await Deno.writeTextFile(file, JSON.stringify(own));
      const permissions = ["-A", "--config", file];
      await using bad = withWorkers(["test:"], { permissions });
      assertEquals(await bad.exitCode(), 2);
      assertMatch(
        bad.errorText,
        /^gifstream: Option --workers needs Deno's option --unstable-net.*node/,
      );
      const args = ["test:", "--server", "node"];
      await using good = withWorkers(args, { permissions });
      const address = await good.address();
      assertEquals((await channelsOf(address)).size, 1);
      assertEquals(await good.stop(), 0);
    }),
});

Deno.test({
  name: "gifstream --workers does not share its port with another program",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using first = withWorkers(["test:"]);
    const { port } = new URL(await first.address());
    for (const workers of ["1", "2"]) {
      await using second = new Program({
        args: ["test:", "--port", port, "--workers", workers],
      });
      assertEquals(await second.exitCode(), 1);
      assertMatch(second.errorText, /another program uses the port/);
    }
    assertEquals(await first.stop(), 0);
  },
});

Deno.test("gifstream --workers refuses what it cannot do", async () => {
  const cases: [args: string[], message: RegExp][] = [
    [["--workers", "0"], /--workers takes a whole number from 1 to 256, or/],
    [["--workers", "2", "--socket", "s"], /does not work with --socket/],
  ];
  for (const [args, message] of cases) {
    await using gifstream = new Program({ args: ["test:", ...args] });
    assertEquals(await gifstream.exitCode(), 2);
    assertMatch(gifstream.errorText, message);
  }
});
