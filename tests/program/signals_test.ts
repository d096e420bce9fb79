import { assertEquals, assertRejects } from "@std/assert";
import { concat } from "@std/bytes/concat";
import { fromFileUrl } from "@std/path";
import { encodeLzw } from "../../src/gif/lzw_encode.ts";
import { BlockReader } from "../../src/gif/read/block_reader.ts";
import {
  bytes,
  header,
  image,
  TRAILER,
  u16,
} from "../support/gif/gif_bytes.ts";
import { untilChannels } from "../support/program/cli_channels.ts";
import { Program } from "../support/program/program.ts";
import { requireTool } from "../support/require.ts";

const CLI = fromFileUrl(new URL("../../cli.ts", import.meta.url));
const COMMAND = [Deno.execPath(), "run", "--quiet", "-A", CLI];

/** How a GIF ends. */
function endOf(gif: Uint8Array): string {
  const reader = new BlockReader();
  reader.push(gif);
  reader.end();
  for (;;) {
    const block = reader.next();
    if (block.type === "end") return block.reason;
  }
}

/** Reads text until it has the server's address in it. */
async function addressIn(
  text: ReadableStreamDefaultReader<Uint8Array>,
): Promise<string> {
  const decoder = new TextDecoder();
  for (let seen = "";;) {
    const { value, done } = await text.read();
    if (done) throw new Error(`No address before the end:\n${seen}`);
    seen += decoder.decode(value, { stream: true });
    const match = seen.match(/(http:\/\/\S+?)\/\s/);
    if (match !== null) return match[1];
  }
}

/** A picture of more bytes than connections hold for who does not read. */
function hugePicture(): Uint8Array<ArrayBuffer> {
  const width = 3200, height = 2600;
  const row = crypto.getRandomValues(new Uint8Array(width * 16));
  const indices = new Uint8Array(width * height);
  for (let at = 0; at < indices.length; at += row.length) {
    indices.set(row.subarray(0, indices.length - at), at);
  }
  const descriptor = [0x2c, ...[0, 0, width, height].flatMap(u16), 0];
  return concat([
    header(width, height, 256),
    bytes(descriptor),
    encodeLzw(indices, 8),
    bytes(TRAILER),
  ]);
}

/** Waits until nobody listens there any more. */
async function untilClosed(port: number): Promise<void> {
  // Refused, or reset by the end of the listener that had it.
  await assertRejects(async () => {
    for (;;) (await Deno.connect({ port })).close();
  }, Error);
}

Deno.test({
  name: "gifstream goes at once at a second Ctrl-C",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using program = new Program({
      args: ["-", "--port", "0"],
      stdin: "piped",
    });
    const port = Number(new URL(await program.address()).port);
    // One that takes nothing, for whom the end would be waited for.
    using viewer = await Deno.connect({ port });
    await viewer.write(bytes("GET /live.gif HTTP/1.1\r\nHost: x\r\n\r\n"));
    await viewer.read(new Uint8Array(1));
    const writer = program.process.stdin.getWriter();
    await writer.write(hugePicture());
    await program.waitFor(/On air/);
    program.process.kill("SIGINT");
    await untilClosed(port);
    assertEquals(await program.stop("SIGINT"), 130);
    await writer.close();
  },
});

Deno.test({
  name: "gifstream goes on when nobody reads its log any more",
  ignore: Deno.build.os === "windows",
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
    const [deno, ...args] = COMMAND;
    const program = new Deno.Command(deno, {
      args: [...args, folder, "--port", "0"],
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    try {
      const log = program.stderr.getReader();
      const address = await addressIn(log);
      await log.cancel();
      const response = await fetch(`${address}/live.gif`);
      await Deno.writeFile(`${folder}/1.gif`, bytes("no GIF: a warning"));
      const picture = image({ width: 4, height: 3 });
      await Deno.writeFile(
        `${folder}/2.gif`,
        bytes(header(4, 3), picture, TRAILER),
      );
      const [gif, rest] = response.body!.tee();
      const reader = gif.getReader();
      assertEquals((await reader.read()).done, false);
      program.kill("SIGINT");
      assertEquals(endOf(await new Response(rest).bytes()), "trailer");
      assertEquals((await program.status).code, 0);
      await reader.cancel();
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test({
  name: "gifstream ends every GIF with a trailer when its terminal closes",
  ignore: Deno.build.os !== "linux" || !requireTool("script"),
  async fn() {
    const command = [...COMMAND, "test:", "--port", "0"].map((word) =>
      `'${word.replaceAll("'", "'\\''")}'`
    ).join(" ");
    // It is the terminal of what it runs.
    const terminal = new Deno.Command("script", {
      args: ["-qec", `exec ${command}`, "/dev/null"],
      env: { SHELL: "/bin/sh", NO_COLOR: "1" },
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const screen = terminal.stdout.getReader();
    const address = await addressIn(screen);
    await untilChannels(address, (all) => all.get("live")!.frames > 0);
    const response = await fetch(`${address}/live.gif`);
    const gif = response.bytes();
    terminal.kill("SIGKILL");
    assertEquals(endOf(await gif), "trailer");
    await terminal.stdin.close();
    await terminal.status;
    await screen.cancel();
  },
});
