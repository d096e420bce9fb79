import { assertEquals } from "@std/assert";
import {
  addressDigits,
  digitsOfBytes,
} from "../../../src/http/access/ip_address.ts";

Deno.test("addressDigits() is the same for an address in each of its forms", () => {
  const count = (...addresses: string[]) =>
    new Set(addresses.map(addressDigits)).size;
  assertEquals(count("::1", "0:0:0:0:0:0:0:1", "0000::0001"), 1);
  assertEquals(count("::ffff:10.0.0.7", "10.0.0.7", "::FFFF:a00:7"), 1);
  assertEquals(count("2001:db8::5:0:0:9", "2001:DB8:0:0:5::9"), 1);
  assertEquals(count("fe80::1%eth0", "fe80::1"), 1);
  assertEquals(count("::1", "::2", "1::", "::", "0.0.0.1"), 5);
});

Deno.test("digitsOfBytes() is what addressDigits() is", () => {
  assertEquals(
    digitsOfBytes(Uint8Array.of(10, 0, 0, 7)),
    addressDigits("10.0.0.7"),
  );
  const mapped = Uint8Array.of(...Array(10).fill(0), 255, 255, 10, 0, 0, 7);
  assertEquals(digitsOfBytes(mapped), addressDigits("10.0.0.7"));
  const bytes = Uint8Array.of(0x20, 1, 0x0d, 0xb8, ...Array(11).fill(0), 9);
  assertEquals(digitsOfBytes(bytes), addressDigits("2001:db8::9"));
});
