import { assertEquals } from "@std/assert";
import { clientNetwork } from "../../../src/http/access/client_network.ts";

const PLACE = { basePath: "", trustProxy: false };
const PROXIED = { ...PLACE, trustProxy: true };

function asked(forwardedFor?: string): Request {
  const headers: HeadersInit = forwardedFor === undefined
    ? {}
    : { "x-forwarded-for": forwardedFor };
  return new Request("http://localhost/", { headers });
}

Deno.test("clientNetwork() is an address of IPv4, a half of IPv6", () => {
  const of = (address?: string) => clientNetwork(asked(), address, PLACE);
  assertEquals(of("10.0.0.7"), of("::ffff:10.0.0.7"));
  assertEquals(of("10.0.0.7") === of("10.0.0.8"), false);
  assertEquals(of("2001:db8:1:2::7"), of("2001:db8:1:2:3:4:5:6"));
  assertEquals(of("2001:db8:1:2::7") === of("2001:db8:1:3::7"), false);
  for (const none of [undefined, "", "/run/socket", "300.1.1.1", ":x:"]) {
    assertEquals(of(none), undefined);
  }
});

Deno.test("clientNetwork() believes the last word of a trusted proxy", () => {
  const direct = (address: string) => clientNetwork(asked(), address, PLACE);
  const of = (told: string, place = PROXIED) =>
    clientNetwork(asked(told), "127.0.0.1", place);
  assertEquals(of("1.2.3.4"), direct("1.2.3.4"));
  assertEquals(of("6.6.6.6, 1.2.3.4"), direct("1.2.3.4"));
  assertEquals(of("1.2.3.4:5678"), direct("1.2.3.4"));
  assertEquals(of("[2001:db8::1]:5678"), direct("2001:db8::1"));
  assertEquals(of("2001:db8::1"), direct("2001:db8::1"));
  assertEquals(of("nonsense"), direct("127.0.0.1"));
  assertEquals(of("1.2.3.4", PLACE), direct("127.0.0.1"));
});
