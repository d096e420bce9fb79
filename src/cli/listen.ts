/** The line that says where to watch. */
export function serverAddress(hostname: string, address: Deno.NetAddr): string {
  const everywhere = hostname === "0.0.0.0" || hostname === "::";
  const host = everywhere
    ? "localhost"
    : address.hostname.includes(":")
    ? `[${address.hostname}]`
    : address.hostname;
  const others = everywhere ? " and at every address of this machine" : "";
  return `Watch at http://${host}:${address.port}/${others}`;
}

/** What to do when the server cannot listen. */
export function explainListenError(
  error: unknown,
  hostname: string,
  port: number,
): string {
  const where = `Cannot listen on ${hostname}, port ${port}: `;
  if (error instanceof Deno.errors.AddrInUse) {
    return where + "another program uses the port; " +
      "choose one with --port, or --port 0 for any free one";
  }
  if (error instanceof Deno.errors.AddrNotAvailable) {
    return where + "this machine does not have the address; " +
      "try --host 0.0.0.0 for all that it has";
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return where + "ports below 1024 need root; choose one with --port";
  }
  if (error instanceof Deno.errors.NotCapable) {
    return where + "Deno was not allowed to; add --allow-net";
  }
  const reason = error instanceof Error ? error.message : String(error);
  return where + reason;
}
