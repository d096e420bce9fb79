/**
 * Says which descriptors `SystemSockets` closes that Deno might have lost.
 *
 * @module
 */

import { once } from "node:events";
import { connect } from "node:net";
import { systemSockets } from "../../../src/http/sockets/system_sockets.ts";
import { until } from "../browser/until.ts";

const sockets = systemSockets()!;
const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
const client = connect(listener.addr.port, "127.0.0.1");
const [server] = await Promise.all([
  listener.accept(),
  once(client, "connect"),
]);
const address = server.remoteAddr as Deno.NetAddr;
const [descriptor] = sockets.find([address]);
const identity = sockets.identity(descriptor!)!;

close("open", identity);
client.resetAndDestroy();
await until(
  "the end",
  () => sockets.state(descriptor!, address) === undefined,
);
close("another", identity + 1n);
close("dead", identity);
Deno.exit();

function close(name: string, identity: bigint): void {
  sockets.closeDead(descriptor!, identity);
  const isOpen = sockets.identity(descriptor!) !== undefined;
  console.log(`${name}: ${isOpen ? "kept" : "closed"}`);
}
