type Upgrade = (request: Request) => { socket: WebSocket; response: Response };

/** `Deno.upgradeWebSocket`; undefined where there is no Deno. */
export function denoUpgrade(): Upgrade | undefined {
  const { Deno } = globalThis as { Deno?: { upgradeWebSocket?: Upgrade } };
  return Deno?.upgradeWebSocket;
}
