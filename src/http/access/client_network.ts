import { addressDigits, isAddress } from "./ip_address.ts";
import type { Place } from "./public_address.ts";

/** Of IPv6, one customer has at least so many addresses (RFC 6177). */
const NETWORK_DIGITS = 16;
const IPV4_DIGITS = 8;

/** A port, as some proxies add it. */
const PORT = /^\[?([^\]]*?)\]?(:\d+)?$/;

/**
 * A word for the network from which a client comes: the address by IPv4, the
 * first half of it by IPv6. Behind a proxy that is trusted it is the address
 * that the proxy saw, the last of `X-Forwarded-For`: those before it could come
 * from anybody.
 *
 * @param request The request.
 * @param address The other end of the connection, if it is known.
 * @param place Says if proxies are trusted.
 * @returns Undefined if it is not known, as on a Unix socket.
 */
export function clientNetwork(
  { headers }: Request,
  address: string | undefined,
  { trustProxy }: Place,
): string | undefined {
  const told = trustProxy ? headers.get("x-forwarded-for") : null;
  const seen = told?.split(",").at(-1)?.trim();
  if (seen !== undefined) {
    if (isAddress(seen)) return networkOf(seen);
    const [, bare = ""] = seen.match(PORT) ?? [];
    if (isAddress(bare)) return networkOf(bare);
  }
  return address !== undefined && isAddress(address)
    ? networkOf(address)
    : undefined;
}

function networkOf(address: string): string {
  const digits = addressDigits(address);
  return digits.length === IPV4_DIGITS
    ? digits
    : digits.slice(0, NETWORK_DIGITS);
}
