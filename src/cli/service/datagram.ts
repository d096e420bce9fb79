/** Functions of glibc; POSIX except for the numbers, which are Linux's. */
const LIBRARY = "libc.so.6";
const FUNCTIONS = {
  socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
  sendto: {
    parameters: ["i32", "buffer", "usize", "i32", "buffer", "u32"],
    result: "isize",
  },
} as const;

const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOCK_NONBLOCK = 0x800;
const SOCK_CLOEXEC = 0x80000;
const MSG_NOSIGNAL = 0x4000;
/** Bytes of a path in `struct sockaddr_un`. */
const MAX_PATH_BYTES = 108;

/** Sends a message; false if the system did not take it. */
export type SendDatagram = (message: string) => boolean;

/**
 * A way to send messages to a Unix socket of datagrams. Deno has one only with
 * `--unstable-net`, and one that takes a file of its own to send from; Node's
 * has none.
 *
 * @param path The path of the socket; `@` at its beginning stands for a name
 * that is in no folder.
 * @returns Undefined where there is no way: it takes Linux with glibc, and
 * Deno's permission `--allow-ffi`.
 */
export function datagramsTo(path: string): SendDatagram | undefined {
  if (Deno.build.os !== "linux") return undefined;
  const { state } = Deno.permissions.querySync({ name: "ffi" });
  const address = addressOf(path);
  if (state !== "granted" || address === undefined) return undefined;
  try {
    const { symbols } = Deno.dlopen(LIBRARY, FUNCTIONS);
    const kind = SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
    const descriptor = symbols.socket(AF_UNIX, kind, 0);
    if (descriptor < 0) return undefined;
    return (message) => {
      const bytes = new TextEncoder().encode(message);
      const sent = symbols.sendto(
        ...[descriptor, bytes, BigInt(bytes.length), MSG_NOSIGNAL] as const,
        ...[address, address.length] as const,
      );
      return Number(sent) === bytes.length;
    };
  } catch {
    // There is another library, or the permission is for others only.
    return undefined;
  }
}

/** A `struct sockaddr_un`; undefined if the path does not fit. */
function addressOf(path: string): Uint8Array<ArrayBuffer> | undefined {
  const name = new TextEncoder().encode(path);
  if (name.length === 0 || name.length >= MAX_PATH_BYTES) return undefined;
  // A name in no folder begins with 0 and ends with its last byte.
  const isAbstract = path.startsWith("@");
  if (isAbstract) name[0] = 0;
  const address = new Uint8Array(2 + name.length + (isAbstract ? 0 : 1));
  new Uint16Array(address.buffer, 0, 1)[0] = AF_UNIX;
  address.set(name, 2);
  return address;
}
