const encoder = new TextEncoder();

/** A connection on which something was written, in which nobody reads. */
export async function silent(port: number, text: string): Promise<Deno.Conn> {
  const connection = await Deno.connect({ port });
  if (text !== "") await connection.write(encoder.encode(text));
  return connection;
}

/** Many connections at once, as far as they come about. */
export async function many(
  port: number,
  text: string,
  count: number,
): Promise<Deno.Conn[]> {
  const all = await Promise.allSettled(
    Array.from({ length: count }, () => silent(port, text)),
  );
  return all.flatMap((it) => it.status === "fulfilled" ? [it.value] : []);
}

/** Closes connections, of which some may be closed already. */
export function closeAll(connections: readonly Deno.Conn[]): void {
  for (const connection of connections) {
    try {
      connection.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }
}

/** The beginning of what is answered; empty if that is nothing. */
export async function answerOn(connection: Deno.Conn): Promise<string> {
  const timer = setTimeout(() => closeAll([connection]), 10_000);
  try {
    const buffer = new Uint8Array(4096);
    const length = await connection.read(buffer);
    return new TextDecoder().decode(buffer.subarray(0, length ?? 0));
  } catch {
    // Hung up on, or too late.
    return "";
  } finally {
    clearTimeout(timer);
  }
}

/** The answer to a request as it is written; empty if there is none. */
export async function answerTo(port: number, request: string): Promise<string> {
  const connection = await silent(port, request);
  try {
    return await answerOn(connection);
  } finally {
    closeAll([connection]);
  }
}

/** The status that is answered; 0 if there is none. */
export async function statusOf(connection: Deno.Conn): Promise<number> {
  return statusIn(await answerOn(connection));
}

/** The status in an answer; 0 if there is none. */
export function statusIn(answer: string): number {
  return Number(answer.match(/^HTTP\/1\.[01] (\d+)/)?.[1] ?? 0);
}

/** A request without a body. */
export function get(path: string, ...fields: string[]): string {
  return [`GET ${path} HTTP/1.1`, "Host: 127.0.0.1", ...fields, "", ""]
    .join("\r\n");
}

/** A request for a WebSocket. */
export function socket(path: string, ...fields: string[]): string {
  return get(
    path,
    ...["Connection: Upgrade", "Upgrade: websocket"],
    ...["Sec-WebSocket-Version: 13"],
    ...["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="],
    ...fields,
  );
}

/** Numbers of answers by status, as "50 x 200, 10 x 429". */
export function tally(statuses: readonly number[]): string {
  const counts = Map.groupBy(statuses, (status) => status);
  return [...counts].sort(([a], [b]) => a - b)
    .map(([status, all]) => `${all.length} x ${status || "none"}`).join(", ");
}
