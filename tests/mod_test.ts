import { assertEquals } from "@std/assert";
import { walk } from "@std/fs/walk";
import { fromFileUrl, join, relative } from "@std/path";
import * as mod from "../mod.ts";
import { runWithJsr } from "./support/jsr.ts";
import { unwrittenTypes } from "./support/written_types.ts";

const ROOT = fromFileUrl(new URL("../", import.meta.url));

const isExported = (name: string) => Object.hasOwn(mod, name);

Deno.test("unwrittenTypes() finds what JSR would take too narrow a type of", () => {
  const found = (source: string) =>
    unwrittenTypes(source, (name) => name === "PUBLIC");
  for (
    const source of [
      "export function f(a = N) {}",
      "export function f({ a = 1 } = {}) {}",
      "export const f = (a = N.a) => {};",
      "class A { constructor(a = -N) {} }",
      "class A { constructor(readonly a = N) {} }",
      "class A { static a(b: string, a = []) {} }",
      "class A { a = N; }",
      "export const PUBLIC = 2;",
    ]
  ) assertEquals(found(source).length, 1, source);
  for (
    const source of [
      "export function f(a: number = N, { b = 1 }: B = {}) { (c = N) => c; }",
      "class A { #a(b = N) {} #c = N; d: number = N; e = 0; f = new F(); }",
      "export const OTHER = 2, PUBLIC: number = 2;",
      "const { a = N } = b;",
    ]
  ) assertEquals(found(source), [], source);
});

Deno.test("mod.ts exports nothing whose type is only that of its default", async () => {
  const found: string[] = [];
  for await (const { path } of walk(join(ROOT, "src"), { exts: [".ts"] })) {
    const source = await Deno.readTextFile(path);
    const where = relative(ROOT, path);
    for (const text of unwrittenTypes(source, isExported)) {
      found.push(`${where}: ${text}`);
    }
  }
  assertEquals(found, []);
});

Deno.test("the package has from JSR the types and the metrics that it has here", async () => {
  const written = await runWithJsr(`
    import { Channel, createHandler, publishPixels } from "jsr:@x/gifstream";
    import { Broadcaster } from "jsr:@x/gifstream/channel";
    import { serveByDeno } from "jsr:@x/gifstream/deno";
    import { encodeGif, GifEncoder, GifPartStream } from "jsr:@x/gifstream/gif";
    import { serveByNode } from "jsr:@x/gifstream/node";

    const encoder = new GifEncoder({ width: 1, height: 1 });
    const part = encoder.encode(Uint8Array.of(1, 2, 3), 5);
    const gif = encodeGif([{ pixels: Uint8Array.of(1, 2, 3) }], encoder);
    const parts = new Blob([gif]).stream().pipeThrough(new GifPartStream());
    const [{ screen }] = await Array.fromAsync(parts);

    const channel = new Channel();
    const handler = createHandler(channel);
    const metrics = await handler(new Request("http://localhost/metrics"));
    console.log(part?.keyframe, screen.width, metrics.status);
    console.log((await metrics.text()).slice(0, 23));

    const sent = new Promise<void>((resolve) => {
      channel.follow({ part: () => resolve() });
    });
    publishPixels(channel, { data: new Uint8Array(12), width: 2, height: 2 });
    await sent;
    console.log(channel.screen.width, Broadcaster.name);
    console.log(typeof serveByDeno, typeof serveByNode);
    channel.close();
  `);
  assertEquals(written.trim().split("\n"), [
    "true 1 200",
    "# HELP gifstream_frames",
    "2 Broadcaster",
    "function function",
  ]);
});

Deno.test("the program runs from JSR", async () => {
  const written = await runWithJsr(
    `
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-A", "--no-config", "jsr:@x/gifstream/cli"],
        ...["--port", "0", "test:"],
      ],
      stderr: "piped",
    }).spawn();
    let text = "";
    for await (const chunk of child.stderr.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const [, address] = text.match(/Watch at (\\S+)/) ?? [];
      if (address === undefined) continue;
      const picture = await fetch(new URL("snapshot.jpg", address));
      console.log(picture.status, (await picture.bytes())[0]);
      break;
    }
    child.kill("SIGINT");
    console.log((await child.status).code);
    `,
    ["-A"],
  );
  assertEquals(written.trim().split("\n"), ["200 255", "0"]);
});
