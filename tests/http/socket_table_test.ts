import { assertEquals } from "@std/assert";
import {
  otherEnd,
  readSocketTable,
  rowsOf,
} from "../../src/http/socket_table.ts";
import { until } from "../browser/support/until.ts";

const TABLE =
  `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
   1: 0100007F:1F90 0100007F:C001 01 00000000:0005B9B9 00:00000000 00000000     0        0 2 1 0 20 4 30 10 -1
   2: 0100007F:C001 0100007F:1F90 01 0003E396:00000000 00:00000000 00000000     0        0 3 1 0 20 4 30 10 -1
   3: 0100007F:1F90 0A00000A:0050 08 00000000:00000001 00:00000000 00000000     0        0 4 1 0 20 4 30 10 -1
   4: 0100007F:1F90 0B00000A:0051 06 00000000:00000000 03:0000176F 00000000     0        0 0 3 0
   5: 0100007F:1F91 0100007F:C002 01 00000000:00000007 00:00000000 00000000     0        0 5 1 0 20 4 30 10 -1
`;

Deno.test("rowsOf() finds the open connections of a port", () => {
  assertEquals([...rowsOf(TABLE, 0x1f90)], [
    [otherEnd("127.0.0.1", 0xc001), 0x5b9b9],
    [otherEnd("10.0.0.10", 80), 1],
  ]);
  assertEquals([...rowsOf("", 80)], []);
});

Deno.test("otherEnd() is the same for an address in each of its forms", () => {
  const ends = (port: number, ...hostnames: string[]) =>
    new Set(hostnames.map((hostname) => otherEnd(hostname, port))).size;
  assertEquals(ends(1, "::1", "0:0:0:0:0:0:0:1", "0000::0001"), 1);
  assertEquals(ends(1, "::ffff:10.0.0.7", "10.0.0.7", "::FFFF:a00:7"), 1);
  assertEquals(ends(1, "2001:db8::5:0:0:9", "2001:DB8:0:0:5::9"), 1);
  assertEquals(ends(1, "fe80::1%eth0", "fe80::1"), 1);
  assertEquals(ends(1, "::1", "::2", "1::", "::", "0.0.0.1"), 5);
});

for (const hostname of ["127.0.0.1", "::1"]) {
  Deno.test({
    name: `readSocketTable() shows what waits unread from ${hostname}`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      using listener = Deno.listen({ hostname, port: 0 });
      const { port } = listener.addr;
      const client = await Deno.connect({ hostname, port });
      const server = await listener.accept();
      const from = server.remoteAddr as Deno.NetAddr;
      const end = otherEnd(from.hostname, from.port);
      assertEquals(readSocketTable(port).get(end), 0);
      await client.write(new Uint8Array(1234));
      await until("the bytes", () => readSocketTable(port).get(end) === 1234);
      await server.read(new Uint8Array(2000));
      assertEquals(readSocketTable(port).get(end), 0);
      client.close();
      server.close();
      await until("the end", () => !readSocketTable(port).has(end));
    },
  });
}
