/**
 * The world in which documented commands work as they stand: the files that
 * they read, the cameras and machines that they name. It is run in a network
 * of its own, where these have their addresses.
 *
 * @module
 */

import { fromFileUrl, join } from "@std/path";
import { delay } from "@std/async/delay";
import { serveJsr } from "../jsr.ts";

const ROOT = fromFileUrl(new URL("../../../", import.meta.url));

/** Machines that commands name, but for this one. */
export const HOSTS = ["camera", "example.org", "A", "HOST"];
/** Addresses of cameras that commands name. */
export const ADDRESSES = ["10.0.0.5", "10.0.0.6"];

/** A made world. `await using` ends what runs in it. */
export interface World extends AsyncDisposable {
  /** The folder to run commands in. */
  folder: string;
  /** The environment of commands. */
  env: Record<string, string>;
}

/** @param folder An empty folder. */
export async function makeWorld(folder: string): Promise<World> {
  const bin = join(folder, "bin"), home = join(folder, "home");
  const cache = join(folder, "cache");
  for (const name of ["bin", "home", "cache", "frames", "input", "cams/a"]) {
    await Deno.mkdir(join(folder, name), { recursive: true });
  }
  await script(
    join(bin, "gifstream"),
    `exec ${Deno.execPath()} run --unstable-net -A ${ROOT}cli.ts "$@"`,
  );
  const camera = "-f lavfi -i testsrc2=s=320x180:r=10";
  // The camera of a Raspberry Pi, which gives the same bytes.
  await script(
    join(bin, "rpicam-vid"),
    `exec ffmpeg -v error -re ${camera} -f mjpeg -`,
  );
  const make = (args: string) => run(folder, `ffmpeg -v error ${args}`);
  await make(`${camera} -t 4 -pix_fmt yuv420p video.mp4`);
  await Deno.copyFile(`${folder}/video.mp4`, `${folder}/film.mp4`);
  await make(`${camera} -t 300 -g 10 -pix_fmt yuv420p camera.mp4`);
  await make(`${camera} -frames:v 1 frame.jpg`);
  await make(`${camera} -frames:v 10 clip.gif`);
  for (const path of ["frames/1.jpg", "input/1.jpg", "cams/a/1.jpg"]) {
    await Deno.copyFile(`${folder}/frame.jpg`, join(folder, path));
  }
  await run(
    folder,
    "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key.pem " +
      "-out cert.pem -subj /CN=example.org " +
      "-addext basicConstraints=critical,CA:FALSE " +
      "-addext subjectAltName=DNS:example.org,DNS:localhost 2>&1",
  );
  // A clone, beside them.
  await run(
    ROOT,
    `mkdir -p ${folder}/gifstream/tools && ` +
      `cp -r cli.ts mod.ts deno.json deno.lock src ${folder}/gifstream && ` +
      `cp -r tools/std ${folder}/gifstream/tools`,
  );
  await Deno.writeTextFile(`${folder}/token.txt`, "watch-me");
  await Deno.mkdir(`${home}/mpv`);
  await Deno.writeTextFile(`${home}/mpv/mpv.conf`, "vo=null\nao=null\n");
  const jsr = serveJsr();
  const env = {
    ...await jsr.environment(cache),
    PATH: `${bin}:${Deno.env.get("PATH")}:/usr/sbin`,
    HOME: home,
    MPV_HOME: `${home}/mpv`,
    DENO_INSTALL_ROOT: `${home}/.deno`,
    DENO_CERT: `${folder}/cert.pem`,
    GIFSTREAM_TOKEN: "secret",
    COLUMNS: "80",
    NO_COLOR: "1",
  };
  const jpeg = await Deno.readFile(`${folder}/frame.jpg`);
  const http = Deno.serve(
    { hostname: "0.0.0.0", port: 80, onListen() {} },
    ({ url }) => url.endsWith(".mjpg") ? stream(jpeg) : new Response(jpeg),
  );
  const others = [
    // VLC refuses to run as root.
    ...[
      "setpriv --reuid=65534 vlc -I dummy --no-audio --loop --sout-keep " +
      `"--sout=#rtp{sdp=rtsp://:554/1}" file://${folder}/camera.mp4`,
    ],
    `gifstream yard=test: --host 0.0.0.0 --port 443 --cert cert.pem ` +
    "--key key.pem",
  ].map((command) => start(folder, env, command));
  await run(folder, "chmod -R a+rX . && chmod a+rwX home");
  await Promise.all([554, 443].map(listens));
  return {
    folder,
    env,
    async [Symbol.asyncDispose]() {
      for (const other of others) await end(other);
      await http.shutdown();
      await jsr[Symbol.asyncDispose]();
    },
  };
}

/** A camera that shows one picture again and again. */
function stream(jpeg: Uint8Array): Response {
  const head = "--x\r\nContent-Type: image/jpeg\r\nContent-Length: " +
    `${jpeg.length}\r\n\r\n`;
  const body = ReadableStream.from(async function* () {
    for (;;) {
      yield new TextEncoder().encode(head);
      yield jpeg;
      yield new TextEncoder().encode("\r\n");
      await delay(100);
    }
  }());
  return new Response(body, {
    headers: { "content-type": "multipart/x-mixed-replace; boundary=x" },
  });
}

/** Starts a command of a shell, in a group of processes of its own. */
export function start(
  cwd: string,
  env: Record<string, string>,
  command: string,
): Deno.ChildProcess {
  return new Deno.Command("setsid", {
    args: ["bash", "-c", command],
    cwd,
    env,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
}

/** Ends a command and all that it has started. */
export async function end(child: Deno.ChildProcess): Promise<void> {
  const find = new Deno.Command("pkill", {
    args: ["-KILL", "-s", String(child.pid)],
  });
  await find.output();
  await child.stderr.cancel().catch(() => {});
  await child.status;
}

async function listens(port: number): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      return;
    } catch {
      await delay(100);
    }
  }
  throw new Error(`Nothing listens at port ${port} after a minute`);
}

async function script(path: string, text: string): Promise<void> {
  await Deno.writeTextFile(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
}

async function run(cwd: string, command: string): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-c", command],
    cwd,
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  const said = decoder.decode(stdout) + decoder.decode(stderr);
  if (!success) throw new Error(`${command}: ${said}`);
}
