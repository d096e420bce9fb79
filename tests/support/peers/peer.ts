/**
 * Programs that people use beside gifstream, running for tests.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { freePort } from "../http/free_port.ts";

/** A program that serves pictures. `await using` ends it. */
export class Peer implements AsyncDisposable {
  /** The port that it serves at. */
  readonly port: number;
  readonly #process: Deno.ChildProcess;
  readonly #folder: string;
  readonly #said: Promise<string>;

  private constructor(
    port: number,
    process: Deno.ChildProcess,
    folder: string,
  ) {
    this.port = port;
    this.#process = process;
    this.#folder = folder;
    this.#said = new Response(process.stderr).text();
  }

  /**
   * Starts a program, and waits until it takes connections.
   *
   * @param command The command line, by the port that it is to serve at and a
   * folder of its own.
   */
  static async start(
    command: (port: number, folder: string) => string[],
  ): Promise<Peer> {
    const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
    await Deno.chmod(folder, 0o777);
    const port = freePort();
    const [program, ...args] = command(port, folder);
    const process = new Deno.Command(program, {
      args,
      env: { HOME: folder },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const peer = new Peer(port, process, folder);
    let hasEnded = false;
    process.status.then(() => hasEnded = true);
    while (!await isOpen(port)) {
      if (hasEnded) throw new Error(`${program}: ${await peer.#said}`);
      await delay(50);
    }
    return peer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#process.kill("SIGKILL");
    } catch (error) {
      // It has ended already.
      if (!(error instanceof TypeError)) throw error;
    }
    await this.#process.status;
    await this.#said;
    await Deno.remove(this.#folder, { recursive: true });
  }
}

async function isOpen(port: number): Promise<boolean> {
  try {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    connection.close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return false;
    throw error;
  }
}

/** Motion, with our MJPEG as its camera, and its own stream of that. */
export function motion(camera: string): Promise<Peer> {
  return Peer.start((port, folder) => {
    const path = `${folder}/motion.conf`;
    Deno.writeTextFileSync(
      path,
      `netcam_url ${camera}
width 320
height 180
framerate 10
picture_output off
movie_output off
stream_port ${port}
stream_localhost on
stream_maxrate 10
webcontrol_port 0
target_dir ${folder}
`,
    );
    return ["motion", "-n", "-c", path, "-l", `${folder}/motion.log`];
  });
}

/** VLC, which reads our MJPEG, and serves what it has read. */
export function vlc(camera: string): Promise<Peer> {
  return Peer.start((port) => [
    // It refuses to run as root.
    ...Deno.uid() === 0 ? ["setpriv", "--reuid=65534"] : [],
    ...["vlc", "-I", "dummy", "--no-audio", "--sout-keep"],
    `--sout=#std{access=http,mux=mpjpeg,dst=127.0.0.1:${port}/}`,
    camera,
  ]);
}

/** ustreamer without a camera: it shows a picture that says so. */
export function ustreamer(): Promise<Peer> {
  return Peer.start((port, folder) => [
    ...["ustreamer", `--device=${folder}/none`],
    ...["--host=127.0.0.1", `--port=${port}`],
  ]);
}

/** A proxy of our MJPEG by aiohttp, as Home Assistant has one for cameras. */
export function aiohttpProxy(camera: string): Promise<Peer> {
  return Peer.start((port) => [
    ...["/usr/bin/python3", "-c"],
    `
import aiohttp, sys
from aiohttp import web

async def stream(request):
    async with aiohttp.ClientSession() as session:
        async with session.get(sys.argv[1]) as camera:
            response = web.StreamResponse()
            response.content_type = camera.headers["Content-Type"]
            await response.prepare(request)
            while data := await camera.content.read(102400):
                await response.write(data)
            return response

app = web.Application()
app.router.add_get("/", stream)
web.run_app(app, host="127.0.0.1", port=int(sys.argv[2]), print=None)
`,
    camera,
    `${port}`,
  ]);
}
