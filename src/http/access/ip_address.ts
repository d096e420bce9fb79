/** The beginning of an IPv4 address that is written as an IPv6 address. */
const MAPPED = "00000000000000000000ffff";
const IPV4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;

/**
 * The bytes of an IP address, as hexadecimal digits: of IPv4 the same whether
 * it is written as one of IPv6 or not.
 *
 * @param address As `10.0.0.7`, `::ffff:10.0.0.7` or `fe80::1%eth0`.
 */
export function addressDigits(address: string): string {
  return unmapped(address.includes(":") ? ofIpv6(address) : ofIpv4(address));
}

/** The same of the bytes themselves. */
export function digitsOfBytes(bytes: Uint8Array): string {
  return unmapped(bytes.toHex());
}

function unmapped(digits: string): string {
  return digits.startsWith(MAPPED) ? digits.slice(MAPPED.length) : digits;
}

function ofIpv4(address: string): string {
  return address.split(".").map((part) => padded(Number(part).toString(16), 2))
    .join("");
}

function ofIpv6(address: string): string {
  // It puts all forms of an address into one, without numbers that have dots.
  const { hostname } = new URL(`http://[${address.replace(/%.*$/, "")}]`);
  const [before, after] = hostname.slice(1, -1).split("::")
    .map((half) => half.split(":").filter(Boolean));
  const zeros = after && Array(8 - before.length - after.length).fill("0");
  return [...before, ...zeros ?? [], ...after ?? []]
    .map((group) => padded(group, 4)).join("");
}

function padded(digits: string, length: number): string {
  return digits.padStart(length, "0");
}

/** True for an IP address, without a port. */
export function isAddress(text: string): boolean {
  return text.includes(":")
    ? URL.canParse(`http://[${text.replace(/%.*$/, "")}]`)
    : IPV4.test(text);
}
