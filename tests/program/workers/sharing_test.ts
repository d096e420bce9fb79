import { assert, assertEquals } from "@std/assert";
import { until } from "../../support/browser/until.ts";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { makeCertificate } from "../../support/http/certificate.ts";
import { shade } from "../../support/http/live_viewer.ts";
import { channelsOf } from "../../support/program/cli_channels.ts";
import {
  ShadeViewer,
  TOKEN,
  withWorkers,
} from "../../support/program/with_workers.ts";
import { requireTool } from "../../support/require.ts";

/** So many that hardly ever one worker has them all. */
const VIEWERS = 24;
const SHADES = [10, 20, 30, 40, 50, 60, 70, 80];

/** Over a connection of its own: any worker may get it. */
async function onOwnConnection<T>(
  address: string,
  read: (response: Response) => Promise<T>,
  init: RequestInit = {},
): Promise<T> {
  using client = Deno.createHttpClient({});
  return await read(await fetch(address, { ...init, client }));
}

function send(address: string, number: number): Promise<unknown> {
  return onOwnConnection(address, (response) => response.json(), {
    method: "POST",
    body: shade(number),
    headers: { authorization: `Bearer ${TOKEN}` },
  });
}

for (const server of ["deno", "node"]) {
  Deno.test({
    name:
      `gifstream --server ${server} --workers 2 shows all pictures to all viewers`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      await using gifstream = withWorkers(["sent=ingest:", "--server", server]);
      const address = await gifstream.address();
      const viewers = Array.from(
        { length: VIEWERS },
        () => new ShadeViewer(`${address}/sent.gif`),
      );
      const raw = await fetch(`${address}/sent.gif`);
      const all = raw.bytes();
      await until("all viewers", async () => {
        const { viewers } = (await channelsOf(address)).get("sent")!;
        return viewers === VIEWERS + 1;
      });
      for (const number of SHADES) {
        await send(`${address}/sent/frames`, number);
        await until(
          `shade ${number}`,
          () => viewers.every(({ shades }) => shades.at(-1) === number),
        );
      }
      for (let i = 0; i < 8; i++) {
        const metrics = await onOwnConnection(
          `${address}/metrics`,
          (response) => response.text(),
        );
        const counted = `gifstream_viewers{channel="sent"} ${VIEWERS + 1}\n`;
        assert(metrics.includes(counted), metrics);
      }
      assertEquals(await gifstream.stop(), 0);
      for (const { shades, end } of viewers) {
        await end;
        assertEquals(shades, SHADES);
      }
      assertEquals((await all).at(-1), 0x3b);
      assert(!/fault|warning/i.test(gifstream.errorText), gifstream.errorText);
    },
  });
}

Deno.test({
  name: "gifstream --workers 2 counts the viewers of --max-viewers together",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using gifstream = withWorkers(["test:", "--max-viewers", "3"]);
    const address = await gifstream.address();
    const join = () => fetch(`${address}/live.gif`);
    const viewers = [await join(), await join(), await join()];
    assertEquals(viewers.map(({ status }) => status), [200, 200, 200]);
    for (let i = 0; i < 8; i++) {
      const status = await onOwnConnection(
        `${address}/live.mjpeg`,
        async (response) => {
          await response.body?.cancel();
          return response.status;
        },
      );
      assertEquals(status, 503);
    }
    await viewers.shift()?.body?.cancel();
    viewers.push(
      await until("a place", async () => {
        const response = await join();
        if (response.status === 200) return response;
        await response.body?.cancel();
        return undefined;
      }),
    );
    assertEquals(await gifstream.stop(), 0);
    for (const { body } of viewers) await body?.cancel().catch(() => {});
  },
});

// It takes the 10 s for which a source outlives its last viewer.
Deno.test({
  name: "gifstream --workers 2 --on-demand runs a source for all workers",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using gifstream = withWorkers(["test:", "--on-demand"]);
    const address = await gifstream.address();
    const state = async () =>
      (await channelsOf(address)).get("live")!.source.state;
    assertEquals(await state(), "idle");
    const viewers = Array.from(
      { length: 8 },
      () => new ShadeViewer(`${address}/live.gif`),
    );
    await until(
      "a picture for everybody",
      () => viewers.every(({ shades }) => shades.length > 0),
    );
    assertEquals(await state(), "live");
    const one = await fetch(`${address}/live.gif`);
    await one.body!.cancel();
    assertEquals(gifstream.errorText.match(/Somebody/g)?.length, 1);
    assertEquals(await gifstream.stop(), 0);
    await Promise.all(viewers.map(({ end }) => end));
  },
});

Deno.test({
  name: "gifstream --workers 2 serves HTTP/2 with a certificate",
  ignore: Deno.build.os !== "linux" || !requireTool("openssl"),
  fn: () =>
    withFolder(async (folder) => {
      const { cert, key } = await makeCertificate(folder, "127.0.0.1");
      await using gifstream = withWorkers([
        "test:",
        "--cert",
        cert,
        "--key",
        key,
      ]);
      const [, address] = await gifstream.waitFor(/Watch at (https:\S+)\//);
      const caCerts = [await Deno.readTextFile(cert)];
      for (let i = 0; i < 4; i++) {
        using client = Deno.createHttpClient({ caCerts, http1: false });
        const response = await fetch(`${address}/live.gif`, { client });
        assertEquals(response.status, 200);
        const reader = response.body!.getReader();
        assertEquals((await reader.read()).value?.at(0), 0x47);
        await reader.cancel();
      }
      assertEquals(await gifstream.stop(), 0);
    }),
});
