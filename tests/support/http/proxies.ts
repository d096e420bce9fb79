/**
 * Real proxies, as docs/operation.md has them do their work.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { dirname, fromFileUrl } from "@std/path";
import { freePort } from "./free_port.ts";
import { listens, Nginx } from "./nginx.ts";

const ROOT = dirname(dirname(dirname(dirname(fromFileUrl(import.meta.url)))));
const DOCUMENT = "docs/operation.md";
const DOCUMENTED_SOCKET = "/run/gifstream/socket";
const INTERVAL_MILLISECONDS = 20;

/** A proxy, running. `await using` ends it. */
export interface Proxy extends AsyncDisposable {
  /** Where it serves gifstream, without a slash at the end. */
  readonly address: string;
}

/**
 * Starts a proxy in a folder of its own, in front of a Unix socket.
 *
 * @param change Changes the lines of the document.
 */
export type StartProxy = (
  folder: string,
  socket: string,
  change?: (lines: string) => string,
) => Promise<Proxy>;

/** A proxy that the document tells of. */
export interface ProxyKind {
  /** The file name of its program. */
  program: string;
  /** Starts it in a folder of its own, in front of a Unix socket. */
  start: StartProxy;
  /** Most bytes that wait for a viewer who takes nothing. */
  maxBytesBehind: number;
}

/** What the system keeps for a connection, and some more. */
const SYSTEM_BUFFER_BYTES = 7e6;

/** The proxies of the document. */
export const PROXIES: readonly ProxyKind[] = [
  { program: "nginx", start: startNginx, maxBytesBehind: 2e6 },
  { program: "haproxy", start: startHaproxy, maxBytesBehind: 2e6 },
  {
    program: "caddy",
    start: startCaddy,
    maxBytesBehind: SYSTEM_BUFFER_BYTES,
  },
  {
    program: "varnishd",
    start: startVarnish,
    maxBytesBehind: SYSTEM_BUFFER_BYTES,
  },
];

/** The lines of docs/operation.md in the language of some program. */
export async function documentedLines(language: string): Promise<string> {
  const text = await Deno.readTextFile(`${ROOT}/${DOCUMENT}`);
  const block = new RegExp("```" + language + "\n([^]*?)```");
  const [, lines] = text.match(block) ?? [];
  if (lines !== undefined) return lines;
  throw new Error(`${DOCUMENT} has no lines for ${language}`);
}

async function linesFor(
  language: string,
  socket: string,
  change: (lines: string) => string = (lines) => lines,
): Promise<string> {
  const lines = await documentedLines(language);
  return change(lines).replace(DOCUMENTED_SOCKET, socket);
}

async function startNginx(
  ...[folder, ...about]: Parameters<StartProxy>
): Promise<Proxy> {
  const nginx = await Nginx.start(folder, await linesFor("nginx", ...about));
  return {
    address: `${nginx.address}/cams`,
    [Symbol.asyncDispose]: () => nginx[Symbol.asyncDispose](),
  };
}

async function startHaproxy(
  ...[folder, ...about]: Parameters<StartProxy>
): Promise<Proxy> {
  const port = freePort(), file = `${folder}/haproxy.cfg`;
  const lines = await linesFor("haproxy", ...about);
  await Deno.writeTextFile(
    file,
    lines.replace("bind :80", `bind 127.0.0.1:${port}`),
  );
  return await started("haproxy", ["-db", "-f", file], port, folder);
}

async function startCaddy(
  ...[folder, ...about]: Parameters<StartProxy>
): Promise<Proxy> {
  const port = freePort(), file = `${folder}/Caddyfile`;
  const lines = await linesFor("caddy", ...about);
  const site = lines.replace(/^http:\S+/m, `http://127.0.0.1:${port}`);
  await Deno.writeTextFile(file, `{\n  admin off\n}\n${site}`);
  const args = ["run", "--adapter", "caddyfile", "--config", file];
  return await started("caddy", args, port, folder);
}

async function startVarnish(
  ...[folder, ...about]: Parameters<StartProxy>
): Promise<Proxy> {
  const port = freePort(), file = `${folder}/default.vcl`;
  await Deno.writeTextFile(file, await linesFor("vcl", ...about));
  const args = ["-F", "-n", `${folder}/varnish`, "-f", file];
  const listen = ["-a", `127.0.0.1:${port}`, "-j", "none", "-s", "malloc,16m"];
  return await started("varnishd", [...args, ...listen], port, folder);
}

async function started(
  program: string,
  args: string[],
  port: number,
  folder: string,
): Promise<Proxy> {
  const child = new Deno.Command(program, {
    args,
    env: {
      PATH: `${Deno.env.get("PATH")}:/usr/sbin`,
      XDG_DATA_HOME: folder,
      XDG_CONFIG_HOME: folder,
    },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const words = new Response(child.stderr).text();
  let ended = false;
  child.status.then(() => ended = true);
  while (!await listens(port)) {
    if (ended) throw new Error(`Cannot start ${program}: ${await words}`);
    await delay(INTERVAL_MILLISECONDS);
  }
  return {
    address: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      if (!ended) child.kill("SIGTERM");
      await child.status;
      await words;
    },
  };
}
