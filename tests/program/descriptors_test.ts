import { assertEquals, assertNotMatch, assertRejects } from "@std/assert";
import { until } from "../support/browser/until.ts";
import { withFolder } from "../support/folder/temporary_folder.ts";
import { bytes, header, image, TRAILER } from "../support/gif/gif_bytes.ts";
import { makeCertificate } from "../support/http/certificate.ts";
import { Program } from "../support/program/program.ts";
import { requireTool } from "../support/require.ts";

/** What the program may have open at most, and how many come. */
const MAX_DESCRIPTORS = 512;
const CROWD = 600;

const REFUSING = /Cannot take new viewers: no file descriptors are left/g;
const ACCEPTING = /New viewers are accepted again/g;
const FRAME = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);

/** Where a program can be run with fewer descriptors. */
const onUnix = { ignore: Deno.build.os === "windows" };

/** How a program is started, and reached. */
interface Door {
  /** What follows the inputs on its command line. */
  args: string[];
  permissions?: string[];
  /** A bare connection. */
  connect: (program: Program) => Promise<Deno.Conn>;
  /** One to send requests over. */
  enter: (program: Program) => Promise<Deno.Conn>;
}

/** One who watches. */
class Viewer implements Disposable {
  /** Bytes that have come. */
  #bytes = 0;
  readonly #connection: Deno.Conn;

  /** Asks for a stream over a connection. */
  constructor(connection: Deno.Conn, path: string) {
    this.#connection = connection;
    this.#read(path);
  }

  /** Waits for something new. */
  async more(): Promise<void> {
    const before = this.#bytes;
    await until("more of a stream", () => this.#bytes > before);
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }

  async #read(path: string): Promise<void> {
    const buffer = new Uint8Array(65536);
    try {
      await ask(this.#connection, path);
      for (;;) {
        const size = await this.#connection.read(buffer);
        if (size === null) return;
        this.#bytes += size;
      }
    } catch {
      // Closed by one of both ends.
    }
  }
}

async function ask(connection: Deno.Conn, path: string): Promise<void> {
  await connection.write(bytes(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`));
}

/** Many who come at the same time, and stay as long as they may. */
class Crowd implements Disposable {
  readonly #connections: Deno.Conn[] = [];
  #refused = 0;

  /** @param path What each asks for; undefined: they say nothing. */
  async come(program: Program, door: Door, path?: string): Promise<void> {
    for (let i = 0; i < CROWD; i++) {
      try {
        const connection = await door.connect(program);
        this.#connections.push(connection);
        if (path === undefined) continue;
        await ask(connection, path);
        connection.readable.pipeTo(new WritableStream()).catch(() => {});
      } catch {
        this.#refused++;
      }
    }
  }

  [Symbol.dispose](): void {
    for (const connection of this.#connections) {
      try {
        connection.close();
      } catch {
        // Its stream was ended by the other end.
      }
    }
  }
}

function count(program: Program, line: RegExp): number {
  return program.errorText.match(line)?.length ?? 0;
}

/** Whether one who comes now is sent pictures. */
async function isServed(program: Program, door: Door): Promise<boolean> {
  try {
    using connection = await door.enter(program);
    await ask(connection, "/live.gif");
    const buffer = new Uint8Array(65536);
    return await connection.read(buffer) !== null;
  } catch {
    return false;
  }
}

/** Waits until the thread of the past has opened all files that it needs. */
async function untilStarted(program: Program, door: Door): Promise<void> {
  using connection = await door.enter(program);
  await ask(connection, "/live/clip.gif");
  await connection.read(new Uint8Array(65536));
}

/** What the program does while a crowd is there, and when it has left. */
async function checkRounds(door: Door, path?: string): Promise<void> {
  const { args, permissions } = door;
  await using program = new Program({
    args: ["live=test:", ...args],
    permissions,
    maxDescriptors: MAX_DESCRIPTORS,
  });
  await program.waitFor(/Watch at|Listening on/);
  using viewer = new Viewer(await door.enter(program), "/live.gif");
  await viewer.more();
  await untilStarted(program, door);
  for (let round = 1; round <= 2; round++) {
    {
      using crowd = new Crowd();
      await crowd.come(program, door, path);
      await until("the line", () => count(program, REFUSING) === round);
      await assertRejects(() => door.connect(program));
      await viewer.more();
    }
    await until("a new viewer", () => isServed(program, door));
    await until("the line", () => count(program, ACCEPTING) === round);
    await viewer.more();
  }
  await assertEnds(program, 2);
}

async function assertEnds(program: Program, rounds: number): Promise<void> {
  assertEquals(count(program, REFUSING), rounds, program.errorText);
  assertNotMatch(program.errorText, /fault|panic|uncaught/i);
  assertEquals(await program.stop(), 0);
}

function overTcp(server: string, ...more: string[]): Door {
  const connect = async (program: Program) => {
    const { hostname, port } = new URL(await program.address());
    return await Deno.connect({ hostname, port: Number(port) });
  };
  const args = ["--port", "0", "--server", server, ...more];
  return { args, connect, enter: connect };
}

for (const server of ["deno", "node"]) {
  const door = overTcp(server);
  for (const [who, path] of [["idle", undefined], ["watching", "/live.gif"]]) {
    Deno.test({
      name:
        `gifstream --server ${server} refuses viewers while ${who} ones leave no descriptor`,
      ...onUnix,
      fn: () => checkRounds(door, path),
    });
  }

  Deno.test({
    name: `gifstream --server ${server} does so though it may read nothing`,
    ...onUnix,
    fn: () =>
      checkRounds({ ...door, permissions: ["--allow-net", "--allow-env"] }),
  });

  Deno.test({
    name: `gifstream --server ${server} does so on a Unix socket`,
    ...onUnix,
    fn: () =>
      withFolder((folder) => {
        const path = `${folder}/socket`;
        const connect = () => Deno.connect({ transport: "unix", path });
        const args = ["--socket", path, "--server", server];
        return checkRounds({ args, connect, enter: connect });
      }),
  });

  Deno.test({
    name: `gifstream --server ${server} keeps descriptors for its sources`,
    ignore: onUnix.ignore || !requireTool("ffmpeg"),
    fn: () => withFolder((folder) => checkSources(door, folder)),
  });
}

const byWorkers = overTcp("deno", "--workers", "2");
const onLinux = { ignore: Deno.build.os !== "linux" };

Deno.test({
  name:
    "gifstream --workers 2 refuses viewers while others leave no descriptor",
  ...onLinux,
  fn: () => checkRounds(byWorkers, "/live.gif"),
});

Deno.test({
  name: "gifstream --workers 2 keeps descriptors for its sources",
  ignore: onLinux.ignore || !requireTool("ffmpeg"),
  fn: () => withFolder((folder) => checkSources(byWorkers, folder)),
});

/** A folder, a film and a thread, all of which begin while none is left. */
async function checkSources(door: Door, folder: string): Promise<void> {
  await using program = new Program({
    args: [
      ...["live=test:", `cam=${folder}`, "film=lavfi:testsrc2"],
      ...["--on-demand", "--keep-unchanged", ...door.args],
    ],
    maxDescriptors: MAX_DESCRIPTORS,
  });
  await program.waitFor(/Watch at/);
  using viewer = new Viewer(await door.enter(program), "/live.gif");
  await viewer.more();
  await untilStarted(program, door);
  const enter = () => door.enter(program);
  const early = await Promise.all([enter(), enter(), enter()]);
  {
    using crowd = new Crowd();
    await crowd.come(program, door);
    await until("the line", () => count(program, REFUSING) > 0);
    using cam = new Viewer(early[0], "/cam.gif");
    using film = new Viewer(early[1], "/film.gif");
    using jpeg = new Viewer(early[2], "/live.mjpeg");
    await Promise.all([film.more(), jpeg.more()]);
    for (let i = 1; i <= 3; i++) {
      await Deno.writeFile(`${folder}/${i}.gif`, FRAME);
      await cam.more();
    }
    await viewer.more();
  }
  await until("a new viewer", () => isServed(program, door));
  await assertEnds(program, 1);
}

Deno.test({
  name: "gifstream refuses viewers, and takes them again, by HTTPS and IPv6",
  ignore: onUnix.ignore || !requireTool("openssl"),
  fn: () =>
    withFolder(async (folder) => {
      const { cert, key } = await makeCertificate(folder, "::1");
      const caCerts = [await Deno.readTextFile(cert)];
      const place = async (program: Program) => {
        const [, port] = await program.waitFor(/https:.*:(\d+)\//);
        return { hostname: "::1", port: Number(port) };
      };
      await checkRounds({
        args: ["--port", "0", "--host", "::1", "--cert", cert, "--key", key],
        connect: async (program) => Deno.connect(await place(program)),
        enter: async (program) =>
          await Deno.connectTls({ ...await place(program), caCerts }),
      });
    }),
});
