import { assert, assertEquals, assertMatch } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { decodeGif } from "../../src/gif/canvas/decode_gif.ts";
import { Server, startExample } from "../support/example.ts";
import { watch } from "../support/http/watch.ts";
import { requireTool } from "../support/require.ts";

const ROOT = fromFileUrl(new URL("../../", import.meta.url));
/** Below this path the examples serve streams, and themselves what is above. */
const BASE_PATH = "/streams";

const CLIP = "clip.gif?seconds=1";
const PICTURES = ["snapshot.gif", "snapshot.png", "snapshot.jpg?width=100"];

Deno.test("createHandler() serves below a path of Hono", async () => {
  await using server = await startExample("hono");
  // It has two channels, so that its page is that of all.
  await checkPage(server.origin + BASE_PATH, "");
  await checkMount(server.origin, "large");
});

Deno.test("createHandler() serves in a server of node:http", async () => {
  await using server = await startExample("node");
  await sendHeadOfNoHost(server.origin);
  await checkPage(server.origin + BASE_PATH, "live");
  await checkMount(server.origin, "live");
});

/** No Request can be made of it, which must not end the program. */
async function sendHeadOfNoHost(origin: string): Promise<void> {
  const port = Number(new URL(origin).port);
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const head = "GET /streams/ HTTP/1.1\r\nHost: [\r\n\r\n";
  await connection.write(new TextEncoder().encode(head));
  assertEquals(await connection.read(new Uint8Array(1)), null);
}

Deno.test({
  name: "createHandler() serves in Node itself",
  ignore: !requireTool("node"),
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "gifstream-mounts-" });
    try {
      const bundle = join(folder, "node.mjs");
      const { success, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["bundle", "--output", bundle, "examples/node.ts"],
        cwd: ROOT,
      }).output();
      assert(success, new TextDecoder().decode(stderr));
      await using server = await Server.start("node", [bundle, "0"]);
      // What comes with an entity tag, or is made for those who ask, needs
      // Node 22; the stream, the page and clips do not.
      const files = await nodeVersion() < 22 ? [CLIP] : [CLIP, ...PICTURES];
      await checkPage(server.origin + BASE_PATH, "live");
      await checkMount(server.origin, "live", files);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

async function nodeVersion(): Promise<number> {
  const { stdout } = await new Deno.Command("node", { args: ["-v"] }).output();
  return parseInt(new TextDecoder().decode(stdout).slice(1));
}

async function checkMount(
  origin: string,
  name: string,
  files = [CLIP, ...PICTURES],
): Promise<void> {
  assertMatch(await (await fetch(origin)).text(), /\/streams\//);
  const base = origin + BASE_PATH;
  await checkStream(base, name);
  await checkFiles(base, files);
  const nothing = await fetch(`${base}/no/such/thing`);
  assertEquals(nothing.status, 404);
  assertMatch(await nothing.text(), /^Nothing is served here/);
}

/** The page's relative addresses are right only behind a slash. */
async function checkPage(base: string, name: string): Promise<void> {
  const accept = "text/html,*/*;q=0.8";
  const page = await fetch(base, { headers: { accept } });
  assertEquals(page.url, `${base}/`);
  assertEquals(page.headers.get("content-type"), "text/html; charset=utf-8");
  assert((await page.text()).includes(`data-channel="${name}"`));
}

/** Pictures come, each when it is made, and who has left is not counted. */
async function checkStream(base: string, name: string): Promise<void> {
  let last: Uint8ClampedArray | undefined;
  let different = 0;
  for await (const { rgba } of watch(`${base}/${name}.gif`)) {
    if (last !== undefined) {
      assert(rgba.some((value, at) => value !== last![at]));
      different++;
    }
    last = rgba;
    if (different === 3) break;
  }
  while (await viewersOf(base) > 0);
}

async function viewersOf(base: string): Promise<number> {
  const response = await fetch(`${base}/api/channels`);
  const { channels } = await response.json();
  return channels[0].viewers;
}

/** What ends, with its length and without a body where none is wanted. */
async function checkFiles(base: string, paths: string[]): Promise<void> {
  for (const path of paths) {
    const response = await fetch(`${base}/${path}`);
    const bytes = await response.bytes();
    assertEquals(response.status, 200, path);
    assertEquals(Number(response.headers.get("content-length")), bytes.length);
    if (path.includes(".gif")) assert([...decodeGif(bytes)].length > 0);
    const head = await fetch(`${base}/${path}`, { method: "HEAD" });
    assertEquals([head.status, await head.text()], [200, ""]);
  }
}
