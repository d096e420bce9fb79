import { explainListenError } from "../listen.ts";
import type { ReachOptions } from "../options/access_options.ts";
import { type Finding, Findings, isGranted } from "./finding.ts";

/** If the server could listen where it should. */
export async function listenCheck(options: ReachOptions): Promise<Finding[]> {
  const { host: hostname, port, socket } = options;
  if (socket !== undefined) return await socketCheck(socket);
  const found = new Findings("port");
  // The permissions are another check.
  if (!isGranted({ name: "net", host: `${hostname}:${port}` })) return [];
  try {
    Deno.listen({ hostname, port }).close();
    found.ok(`${port} is free on ${hostname}`);
  } catch (error) {
    const message = explainListenError(error, { ...options, tls: undefined });
    const [what, ...cure] = message.split("; ");
    found.error(what, cure.join("; ") || "choose another --host or --port");
  }
  return found.all;
}

async function socketCheck(path: string): Promise<Finding[]> {
  const found = new Findings("socket");
  const folder = path.replace(/[^/]*$/, "") || ".";
  if (!isGranted({ name: "read", path: folder })) return [];
  try {
    const { isDirectory } = await Deno.stat(folder);
    if (!isDirectory) throw new Deno.errors.NotADirectory(folder);
    found.ok(`${path} has a folder to be in`);
  } catch {
    found.error(`${path} cannot be made: ${folder} is no folder`, "make it");
  }
  return found.all;
}
