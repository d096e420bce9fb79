import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { delay } from "@std/async/delay";
import { until } from "../support/browser/until.ts";
import { withFolder } from "../support/folder/temporary_folder.ts";
import { bytes, header, image, TRAILER } from "../support/gif/gif_bytes.ts";
import {
  CHUNKS,
  FIRST_FRAGMENT,
  flood,
  FRAGMENT,
  getRequest,
  reset,
  socketRequest,
} from "../support/http/flooders.ts";
import { watch } from "../support/http/watch.ts";
import { channelsOf } from "../support/program/cli_channels.ts";
import { Program } from "../support/program/program.ts";

/** Beyond what a GIF can be: at its edge, an image that makes it larger. */
const TOO_LARGE = bytes(
  header(65535, 1),
  image({ left: 65535, width: 1, height: 1 }),
  TRAILER,
);

/** One after the other, what a server has to bear; each ends by itself. */
const ORDEALS: Record<
  string,
  (port: number, folder: string) => Promise<unknown>
> = {
  "viewers who leave": async (port) => {
    for (const fps of [1, 5, 20]) {
      const leave = AbortSignal.timeout(300);
      const address = `http://127.0.0.1:${port}/f.gif?pace=real&fps=${fps}`;
      const response = await fetch(address, { signal: leave });
      await response.bytes().catch(() => {});
    }
  },
  "a GIF that grows too large": async (_, folder) => {
    await Deno.writeFile(`${folder}/large.gif`, TOO_LARGE);
    await delay(300);
  },
  "links that lead nowhere": async (_, folder) => {
    await Deno.symlink("loop.gif", `${folder}/loop.gif`);
    await Deno.symlink("x".repeat(300), `${folder}/long.gif`);
    await Deno.symlink("x.gif", `${folder}/none.gif`);
    await delay(300);
  },
  "a plain file in the folder's place": async (_, folder) => {
    await Deno.rename(folder, `${folder}-away`);
    await Deno.writeTextFile(folder, "a file");
    await delay(1500);
    await Deno.remove(folder);
    await Deno.rename(`${folder}-away`, folder);
    await delay(500);
  },
  "viewers of the past who never read": async (port) => {
    const clients = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const client = await Deno.connect({ hostname: "127.0.0.1", port });
        const head = getRequest("/f.gif?backlog=29");
        await client.write(new TextEncoder().encode(head));
        return client;
      }),
    );
    await delay(500);
    for (const client of clients) client.close();
  },
  "questions for clips": async (port) => {
    const address = `http://127.0.0.1:${port}/t/clip.gif?seconds=30`;
    for (let i = 0; i < 100; i++) await fetch(address, { method: "HEAD" });
  },
  "requests whose answers nobody reads": (port) =>
    flood(port, getRequest("/healthz"), {
      piece: new TextEncoder().encode(getRequest("/openapi.json").repeat(1000)),
      maxBytes: 2e6,
    }),
  "a flood behind a request": (port) =>
    flood(port, getRequest("/f.gif"), { maxBytes: 2e8 }),
  "a body that means nothing": (port) =>
    flood(port, getRequest("/f.gif", "Transfer-Encoding: chunked"), {
      piece: CHUNKS,
      maxBytes: 1e8,
    }),
  "a message without an end": (port) =>
    flood(port, socketRequest("/f/ws") + FIRST_FRAGMENT, {
      piece: FRAGMENT,
      maxBytes: 2e8,
    }),
  "WebSockets that are reset": async (port) => {
    for (let i = 0; i < 20; i++) await reset(port, socketRequest("/f/ws"));
  },
};

for (const server of ["deno", "node"]) {
  Deno.test(`gifstream bears it all while a viewer misses nothing (${server})`, () =>
    withFolder(async (parent) => {
      const folder = `${parent}/frames`;
      await Deno.mkdir(folder);
      const args = [
        "t=test:",
        `f=${folder}`,
        "--port",
        "0",
        "--server",
        server,
      ];
      await using program = new Program({ args });
      const address = await program.address();
      const port = Number(new URL(address).port);
      let pictures = 0;
      const watching = (async () => {
        for await (const _ of watch(`${address}/t.gif`)) pictures++;
      })();
      await until("the first picture", () => pictures > 0);
      const statusOf = async (name: string) =>
        (await channelsOf(address)).get(name)!;
      const first = (await statusOf("t")).frames - pictures;
      for (const [name, act] of Object.entries(ORDEALS)) {
        const before = pictures;
        await act(port, folder);
        await until(`pictures after ${name}`, () => pictures > before + 2);
      }
      await Deno.writeFile(
        `${folder}/last.gif`,
        bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER),
      );
      await until(
        "the folder's frame",
        async () => (await statusOf("f")).source.state === "live",
      );
      const { frames, skippedFrames } = await statusOf("t");
      assertEquals(skippedFrames, 0);
      await until("all pictures", () => pictures >= frames - first);
      assertGreater(frames, 50);
      assertLess(Math.abs(pictures - (frames - first)), 5);
      assertEquals(await program.stop(), 0);
      await watching;
    }));
}
