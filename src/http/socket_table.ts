/** Where Linux shows the connections of this machine. */
const TABLES = ["/proc/net/tcp", "/proc/net/tcp6"];

/** How an IPv4 address begins that is written as one of IPv6. */
const MAPPED = "0000000000000000FFFF0000";
/** Bytes of a number in the table, which has the least one first. */
const WORD = /(..)(..)(..)(..)/g;
/**
 * A connection that is open, if only from our side (states 1 and 8): its local
 * port, the other end, and bytes that wait unread.
 */
const ROW =
  / [0-9A-F]+:([0-9A-F]{4}) ([0-9A-F]+):([0-9A-F]{4}) 0[18] [0-9A-F]{8}:([0-9A-F]{8}) /g;

/**
 * Reads which connections of a port are open, and what of them was received
 * but not read by the program yet.
 *
 * @param port The local port.
 * @returns Bytes by the other end, as {@linkcode otherEnd} names it.
 * @throws {Deno.errors.NotCapable} If Deno was not given all permissions.
 * @throws {Deno.errors.NotFound} Where there is no such table.
 */
export function readSocketTable(port: number): Map<string, number> {
  const found = new Map<string, number>();
  for (const path of TABLES) {
    for (const [end, unread] of rowsOf(Deno.readTextFileSync(path), port)) {
      found.set(end, unread);
    }
  }
  return found;
}

/** What a table's text says: the other ends, and bytes that wait unread. */
export function* rowsOf(
  table: string,
  port: number,
): Generator<[end: string, unreadBytes: number]> {
  const local = hexadecimal(port);
  for (const [, at, address, from, unread] of table.matchAll(ROW)) {
    if (at === local) {
      yield [`${unmapped(address)}:${from}`, parseInt(unread, 16)];
    }
  }
}

/**
 * What the table calls the other end of a connection.
 *
 * @param hostname An IP address.
 * @param port Its port.
 */
export function otherEnd(hostname: string, port: number): string {
  const bytes = hostname.includes(":") ? ofIpv6(hostname) : ofIpv4(hostname);
  return `${unmapped(bytes.replace(WORD, "$4$3$2$1"))}:${hexadecimal(port)}`;
}

function unmapped(address: string): string {
  return address.startsWith(MAPPED) ? address.slice(MAPPED.length) : address;
}

function ofIpv4(address: string): string {
  return address.split(".").map((part) => hexadecimal(Number(part), 2)).join(
    "",
  );
}

function ofIpv6(address: string): string {
  // It puts all forms of an address into one, without numbers that have dots.
  const { hostname } = new URL(`http://[${address.replace(/%.*$/, "")}]`);
  const [before, after] = hostname.slice(1, -1).split("::")
    .map((half) => half.split(":").filter(Boolean));
  const zeros = after && Array(8 - before.length - after.length).fill("0");
  return [...before, ...zeros ?? [], ...after ?? []]
    .map((group) => group.padStart(4, "0").toUpperCase()).join("");
}

function hexadecimal(number: number, digits: number = 4): string {
  return number.toString(16).toUpperCase().padStart(digits, "0");
}
