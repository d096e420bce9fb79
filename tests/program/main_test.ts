import { assert, assertEquals, assertMatch } from "@std/assert";
import { delay } from "@std/async/delay";
import { BlockReader } from "../../src/gif/read/block_reader.ts";
import { FrameReader } from "../../src/gif/read/frame_reader.ts";
import { withFolder } from "../support/folder/temporary_folder.ts";
import {
  bytes,
  graphicControl,
  header,
  image,
  TRAILER,
} from "../support/gif/gif_bytes.ts";
import { Program } from "../support/program/program.ts";

const ALLOW_ENV = "--allow-env=GIFSTREAM_VIEWER_TOKEN,GIFSTREAM_TOKEN";
const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);

/** How a GIF ends, and how many pictures it has. */
function summary(gif: Uint8Array): { images: number; reason: string } {
  const reader = new BlockReader();
  reader.push(gif);
  reader.end();
  let images = 0;
  for (;;) {
    const block = reader.next();
    if (block.type === "image") images++;
    if (block.type === "end") return { images, reason: block.reason };
  }
}

for (
  const [signal, server] of [["SIGINT", "deno"], ["SIGTERM", "node"]] as const
) {
  Deno.test(`gifstream ends every GIF with a trailer at ${signal}`, async () => {
    await using program = new Program({
      args: ["test:", "--port", "0", "--server", server],
      permissions: ["--allow-net", ALLOW_ENV],
    });
    const address = await program.address();
    const viewers = await Promise.all([1, 2, 3].map(async () => {
      const response = await fetch(`${address}/live.gif`);
      return { gif: response.bytes() };
    }));
    // One that takes nothing must not hold the others up.
    const stalled = await Deno.connect({
      port: Number(new URL(address).port),
    });
    await stalled.write(bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    await delay(300);
    const exit = program.stop(signal);
    for (const { gif } of viewers) {
      const { images, reason } = summary(await gif);
      assertEquals(reason, "trailer");
      assert(images > 0);
    }
    assertEquals(await exit, 0);
    stalled.close();
  });
}

Deno.test("gifstream serves what is written into its folder", () =>
  withFolder(async (folder) => {
    await using program = new Program({
      args: ["--port", "0"],
      cwd: folder,
      // No more than docs/operation.md says that it needs.
      permissions: [
        "--allow-net",
        "--allow-read=input",
        "--allow-write=input",
        ALLOW_ENV,
      ],
    });
    const address = await program.address();
    await program.waitFor(/Waiting for frames in input.*\n.*ffmpeg -re/);
    const response = await fetch(`${address}/live.gif`);
    await Deno.writeFile(`${folder}/input/in1.gif`, GIF);
    await program.waitFor(/On air: 4x3/);
    await Deno.writeFile(`${folder}/input/in2.gif`, bytes("no GIF"));
    await program.waitFor(/warning: .*in2\.gif.*expected GIF87a or GIF89a/);
    await Deno.writeFile(`${folder}/input/in3.gif`, animation(1));
    const reader = response.body!.getReader();
    for (let parts = 0; parts < 2; parts++) {
      assertEquals((await reader.read()).done, false);
    }
    assertEquals(await program.stop(), 0);
    while (!(await reader.read()).done);
  }));

Deno.test("gifstream logs one JSON object a line", () =>
  withFolder(async (folder) => {
    await using program = new Program({
      args: [folder, "--port", "0", "--log", "json"],
    });
    await program.address();
    await Deno.writeFile(`${folder}/bad.gif`, bytes("\x1b[31mno GIF\n"));
    await program.waitFor(/"warning"/);
    await program.stop();
    const lines = program.errorText.trimEnd().split("\n").map((line) =>
      JSON.parse(line)
    );
    for (const line of lines) assertMatch(line.time, /^\d{4}-\d\d-\d\dT/);
    assertEquals(new Set(lines.map(({ level }) => level)).has("info"), true);
    // The only channel has a name here, too.
    const { channel, source, kind } = lines.find(({ level }) =>
      level === "warning"
    );
    assertEquals([channel, source, kind], ["live", folder, "source"]);
  }));

Deno.test("gifstream says what to do and exits with 1 or 2", () =>
  withFolder(async (folder) => {
    const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const port = String(taken.addr.port);
    await Deno.writeTextFile(`${folder}/file`, "");
    const cases: [string[], number, RegExp][] = [
      [["--prot", "1"], 2, /No such option: --prot; did you mean --port\?/],
      [["--port", "x"], 2, /takes a whole number from 0 to 65535: x/],
      [["test:", "--port", port], 1, /another program uses the port; choose/],
      [
        ["test:", "--port", port, "--server", "node"],
        1,
        /another program uses the port; choose/,
      ],
      [
        ["test:", "--host", "192.0.2.1", "--port", "0"],
        1,
        /this machine does not have the address/,
      ],
      [
        [`${folder}/file/sub`, "--port", "0"],
        1,
        /Cannot read .*sub: Not a directory/,
      ],
    ];
    for (const [args, code, message] of cases) {
      await using program = new Program({ args });
      assertEquals(await program.exitCode(), code, program.errorText);
      assertMatch(program.errorText, message);
      assert(!/^\s+at /m.test(program.errorText), program.errorText);
    }
    taken.close();
  }));

Deno.test("gifstream does not write file names raw to a terminal", () =>
  withFolder(async (folder) => {
    await using program = new Program({ args: [folder, "--port", "0"] });
    await program.address();
    const name = "\x1b[2J\nerror: all is lost\n.gif";
    await Deno.writeFile(`${folder}/${name}`, bytes("no GIF"));
    await program.waitFor(/warning: .*\\x1b\[2J\\x0aerror: .*\\x0a\.gif/);
    assert(!program.errorText.includes("\x1b"));
    assert(!/^error/m.test(program.errorText), program.errorText);
    await program.stop();
  }));

/** A GIF of so many images, each all of one of four colors. */
function animation(images: number, delayCentiseconds = 2): Uint8Array {
  const control = graphicControl({ delayCentiseconds });
  const pictures = Array.from({ length: images }, (_, i) => {
    const indices = new Uint8Array(12).fill(i % 4);
    return bytes(control, image({ width: 4, height: 3, indices }));
  });
  return bytes(header(4, 3, 4), ...pictures, TRAILER);
}

/** Joins a stream; what it answers with waits for so many images. */
async function join(
  address: string,
): Promise<(images: number) => Promise<void>> {
  const response = await fetch(`${address}/live.gif`);
  return async (images) => {
    const reader = new FrameReader();
    for await (const chunk of response.body!) {
      reader.push(chunk);
      while (reader.next() !== undefined) if (--images === 0) return;
    }
    throw new Error(`The stream ended ${images} images early`);
  };
}

async function imagesSeen(address: string, images: number): Promise<void> {
  const see = await join(address);
  await see(images);
}

Deno.test("gifstream reads a GIF from standard input, and stays", async () => {
  await using program = new Program({
    args: ["-", "--port", "0"],
    permissions: ["--allow-net", ALLOW_ENV],
    stdin: "piped",
  });
  const address = await program.address();
  const writer = program.process.stdin.getWriter();
  const gif = animation(6);
  const see = await join(address);
  const seen = see(6);
  // In pieces that end nowhere in particular.
  for (let at = 0; at < gif.length; at += 20) {
    await writer.write(gif.slice(at, at + 20));
    await delay(5);
  }
  await seen;
  await writer.close();
  await program.waitFor(/The input has ended: the last picture stays/);
  await imagesSeen(address, 1);
  assertEquals(await program.stop(), 0);
});

Deno.test("gifstream plays a finished GIF, over and over if it is to", () =>
  withFolder(async (folder) => {
    const clip = `${folder}/clip.gif`;
    await Deno.writeFile(clip, animation(3));
    await using once = new Program({ args: [clip, "--port", "0"] });
    await once.waitFor(/The input has ended: the last picture stays/);
    await imagesSeen(await once.address(), 1);
    await using loop = new Program({ args: [clip, "--loop", "--port", "0"] });
    await imagesSeen(await loop.address(), 10);
    for (const program of [once, loop]) {
      assertEquals(await program.stop(), 0);
    }
  }));

Deno.test("gifstream follows one file as it grows", () =>
  withFolder(async (folder) => {
    const path = `${folder}/in%d.gif`;
    const gif = animation(4);
    await Deno.writeFile(path, gif.slice(0, gif.length / 2));
    await Deno.writeFile(`${folder}/other.gif`, GIF);
    await using program = new Program({ args: [path, "--port", "0"] });
    const address = await program.address();
    await program.waitFor(/Following .*in%d\.gif as it grows/);
    await program.waitFor(/On air/);
    const see = await join(address);
    const seen = see(3);
    const rest = gif.slice(gif.length / 2);
    await Deno.writeFile(path, rest, { append: true });
    await seen;
    assertEquals(await program.stop(), 0);
  }));

Deno.test("gifstream reads a named pipe, one writer after another", () =>
  withFolder(async (folder) => {
    const pipe = `${folder}/pipe`;
    const { success } = await new Deno.Command("mkfifo", { args: [pipe] })
      .output();
    assert(success);
    await using program = new Program({ args: [pipe, "--port", "0"] });
    const address = await program.address();
    for (let writer = 1; writer <= 2; writer++) {
      await Deno.writeFile(pipe, animation(writer));
      await imagesSeen(address, 1);
      await program.waitFor(
        new RegExp(`(The writer of [^]*){${writer}}Waiting for a program`),
      );
    }
    assertEquals(await program.stop(), 0);
  }));
