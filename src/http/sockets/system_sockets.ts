import { isMainThread } from "node:worker_threads";
import { addressDigits, digitsOfBytes } from "../access/ip_address.ts";

/** The other end of a connection. */
export interface Address {
  hostname: string;
  port: number;
}

/** The state of a connection, by the system. */
export interface SocketState {
  /** True while the client is there. */
  isOpen: boolean;
  /** Bytes received so far, read or not. */
  receivedBytes: number;
  /** Bytes that the client has got so far. */
  acknowledgedBytes: number;
  /** Bytes that were written and that the network has not taken yet. */
  unsentBytes: number;
}

/** A connection to a port of this program. */
export interface OpenConnection {
  descriptor: number;
  /** The other end, as {@linkcode clientName} has it. */
  client: string;
  /** A number that no other connection has had. */
  identity: bigint;
  /** Bytes that the client has got so far. */
  acknowledgedBytes: number;
}

/** The connections of this program, as the system knows them. */
export interface SystemSockets {
  /** The descriptors of connections; undefined of those that are not there. */
  find(clients: readonly Address[]): (number | undefined)[];
  /**
   * The connections to a port among so many descriptors, from one on, and the
   * first of the others; undefined: there are no others.
   */
  connectionsTo(
    port: number,
    first: number,
    count: number,
  ): { connections: OpenConnection[]; next: number | undefined };
  /** The state; undefined if the descriptor is another connection's by now. */
  state(descriptor: number, client: Address): SocketState | undefined;
  /** A number that no other connection has had; undefined: it is none. */
  identity(descriptor: number): bigint | undefined;
  /** Lets the system take little ahead of what the program reads. */
  narrow(descriptor: number): void;
  /** Lets it take as much again as the system allows programs to ask for. */
  widen(descriptor: number): void;
  /**
   * Lets the system take little to be sent while the network takes less: what
   * it has taken makes a slow viewer late, and cannot be skipped.
   */
  keepLittleUnsent(descriptor: number): void;
  /**
   * True if the network has taken all that was written, and what it has not
   * delivered yet takes a moment only; also where the system does not tell.
   */
  hasDrained(descriptor: number): boolean;
  /** Hangs up, whatever is being sent or read; Deno closes the descriptor. */
  hangUp(descriptor: number): void;
  /**
   * Closes a descriptor that Deno has lost, if it is that of the same
   * connection still, and that is no more.
   */
  closeDead(descriptor: number, identity: bigint): void;
  /** Lets go of the system's library; nothing is asked afterwards. */
  close(): void;
}

/** Functions of glibc; POSIX except for the numbers. */
const LIBRARY = "libc.so.6";
const FUNCTIONS = {
  getpeername: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  getsockname: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  getsockopt: {
    parameters: ["i32", "i32", "i32", "buffer", "buffer"],
    result: "i32",
  },
  setsockopt: {
    parameters: ["i32", "i32", "i32", "buffer", "u32"],
    result: "i32",
  },
  shutdown: { parameters: ["i32", "i32"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
} as const;

const AF_INET = 2;
const AF_INET6 = 10;
const IPPROTO_TCP = 6;
const TCP_INFO = 11;
/** Since Linux 3.12. */
const TCP_NOTSENT_LOWAT = 25;
const UNSENT_BYTES = Uint32Array.of(16_384);
const SHUT_RDWR = 2;
const SOL_SOCKET = 1;
const SO_RCVBUF = 8;
/** The system makes the least of it that it can work with. */
const LEAST_BUFFER = Uint32Array.of(1);
const MOST_BUFFER = Uint32Array.of(2 ** 21);
/** Since Linux 4.12. */
const SO_COOKIE = 57;
const COOKIE_BYTES = 8;

/** In `struct tcp_info`, since Linux 4.2. */
const STATE_AT = 0;
const ACKNOWLEDGED_AT = 120;
const RECEIVED_AT = 128;
const LEAST_BYTES = 136;
/** The same, since Linux 4.9. */
const SEGMENT_AT = 16;
const SEGMENTS_UNDELIVERED_AT = 24;
const UNSENT_AT = 144;
const LEAST_ROUND_TRIP_AT = 148;
const BYTES_A_SECOND_AT = 160;
const DRAIN_BYTES = 168;
/** On top of the way there and back, on which there is always something. */
const DRAIN_SECONDS = 0.25;
/** A client that says no more may still listen. */
const OPEN_STATES = [1, 8];
const CLOSED_STATE = 7;

/** Descriptors are taken from the lowest on: there are few holes. */
const DESCRIPTORS_BEYOND = 1024;

/**
 * Finds what the system knows of the connections of this program.
 *
 * @returns Undefined where that cannot be asked: it takes Linux with glibc, and
 * Deno's permission `--allow-ffi`, which `-A` includes.
 */
export function systemSockets(): SystemSockets | undefined {
  const isLinux = "Deno" in globalThis && Deno.build.os === "linux";
  if (!isLinux) return undefined;
  const { state } = Deno.permissions.querySync({ name: "ffi" });
  if (state !== "granted") return undefined;
  try {
    return new LinuxSockets(Deno.dlopen(LIBRARY, FUNCTIONS));
  } catch {
    // There is another library, or the permission is for others only.
    return undefined;
  }
}

type Library = Deno.DynamicLibrary<typeof FUNCTIONS>;

class LinuxSockets implements SystemSockets {
  readonly #library: Library;
  readonly #address = new Uint8Array(128);
  readonly #value = new Uint8Array(256);
  readonly #length = new Uint32Array(1);
  #highest = 0;
  /**
   * That of the client that was found last: those who come after it mostly have
   * the next ones, and with thousands the others take milliseconds each time.
   */
  #newest = 0;

  constructor(library: Library) {
    this.#library = library;
  }

  find(clients: readonly Address[]): (number | undefined)[] {
    const ports = new Set(clients.map(({ port }) => port));
    const missing = new Set(clients.map(clientName));
    const found = new Map<string, number>();
    for (const fd of this.#descriptors()) {
      if (missing.size === 0) break;
      const port = this.#peerPort(fd);
      if (port === undefined) continue;
      if (fd > this.#highest) this.#highest = fd;
      if (!ports.has(port)) continue;
      const name = this.#peer(port);
      if (!missing.delete(name)) continue;
      found.set(name, fd);
      this.#newest = fd;
    }
    return clients.map((client) => found.get(clientName(client)));
  }

  /** All that may be connections, those of the newest clients first. */
  *#descriptors(): Generator<number> {
    const first = this.#newest;
    for (let fd = first; fd < this.#highest + DESCRIPTORS_BEYOND; fd++) {
      yield fd;
    }
    for (let fd = 0; fd < first; fd++) yield fd;
  }

  connectionsTo(port: number, first: number, count: number) {
    const connections: OpenConnection[] = [];
    for (let fd = first; fd < first + count; fd++) {
      if (this.#ownPort(fd) !== port) continue;
      const peerPort = this.#peerPort(fd);
      if (peerPort === undefined) continue;
      const client = this.#peer(peerPort), identity = this.identity(fd);
      const info = this.#option(fd, IPPROTO_TCP, TCP_INFO, LEAST_BYTES);
      if (identity === undefined || info === undefined) continue;
      if (fd > this.#highest) this.#highest = fd;
      const acknowledgedBytes = Number(
        info.getBigUint64(ACKNOWLEDGED_AT, true),
      );
      connections.push({ descriptor: fd, client, identity, acknowledgedBytes });
    }
    const next = first + count;
    const isLast = next > this.#highest + DESCRIPTORS_BEYOND;
    return { connections, next: isLast ? undefined : next };
  }

  state(descriptor: number, client: Address): SocketState | undefined {
    const port = this.#peerPort(descriptor);
    if (port !== client.port || this.#peer(port) !== clientName(client)) {
      return undefined;
    }
    const view = this.#option(descriptor, IPPROTO_TCP, TCP_INFO, LEAST_BYTES);
    if (view === undefined) return undefined;
    const isOpen = OPEN_STATES.includes(view.getUint8(STATE_AT));
    const receivedBytes = Number(view.getBigUint64(RECEIVED_AT, true));
    const acknowledgedBytes = Number(view.getBigUint64(ACKNOWLEDGED_AT, true));
    const isTold = this.#length[0] >= DRAIN_BYTES;
    const unsentBytes = isTold ? view.getUint32(UNSENT_AT, true) : 0;
    return { isOpen, receivedBytes, acknowledgedBytes, unsentBytes };
  }

  identity(descriptor: number): bigint | undefined {
    return this.#option(descriptor, SOL_SOCKET, SO_COOKIE, COOKIE_BYTES)
      ?.getBigUint64(0, true);
  }

  narrow(descriptor: number): void {
    this.#setReceiveBuffer(descriptor, LEAST_BUFFER);
  }

  widen(descriptor: number): void {
    this.#setReceiveBuffer(descriptor, MOST_BUFFER);
  }

  keepLittleUnsent(descriptor: number): void {
    const { setsockopt } = this.#library.symbols;
    const { byteLength } = UNSENT_BYTES;
    setsockopt(
      descriptor,
      IPPROTO_TCP,
      TCP_NOTSENT_LOWAT,
      UNSENT_BYTES,
      byteLength,
    );
  }

  hasDrained(descriptor: number): boolean {
    const info = this.#option(descriptor, IPPROTO_TCP, TCP_INFO, DRAIN_BYTES);
    if (info === undefined) return true;
    if (info.getUint32(UNSENT_AT, true) > 0) return false;
    const undelivered = info.getUint32(SEGMENT_AT, true) *
      info.getUint32(SEGMENTS_UNDELIVERED_AT, true);
    const seconds = DRAIN_SECONDS +
      info.getUint32(LEAST_ROUND_TRIP_AT, true) / 1e6;
    const bytesASecond = Number(info.getBigUint64(BYTES_A_SECOND_AT, true));
    return undelivered <= seconds * bytesASecond;
  }

  hangUp(descriptor: number): void {
    this.#library.symbols.shutdown(descriptor, SHUT_RDWR);
  }

  close(): void {
    this.#library.close();
  }

  closeDead(descriptor: number, identity: bigint): void {
    // At its end a worker closes what it has lost, too, and by then that number
    // may be another thread's; the main thread ends with the program.
    if (isWorker() || this.identity(descriptor) !== identity) return;
    const info = this.#option(descriptor, IPPROTO_TCP, TCP_INFO, LEAST_BYTES);
    if (info?.getUint8(STATE_AT) !== CLOSED_STATE) return;
    this.#library.symbols.close(descriptor);
  }

  #setReceiveBuffer(
    descriptor: number,
    bytes: Uint32Array<ArrayBuffer>,
  ): void {
    const { setsockopt } = this.#library.symbols;
    const { byteLength } = bytes;
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, bytes, byteLength);
  }

  /** Undefined: there is none, or less of it than expected. */
  #option(
    descriptor: number,
    level: number,
    name: number,
    leastBytes: number,
  ): DataView | undefined {
    const option = this.#value;
    const length = this.#length;
    length[0] = option.length;
    const { getsockopt } = this.#library.symbols;
    const failed = getsockopt(descriptor, level, name, option, length) !== 0;
    if (failed || length[0] < leastBytes) return undefined;
    return new DataView(option.buffer);
  }

  /** Undefined: it is no socket of IP. */
  #ownPort(descriptor: number): number | undefined {
    return this.#port(descriptor, this.#library.symbols.getsockname);
  }

  /** Undefined: it is no connection, or its client has gone. */
  #peerPort(descriptor: number): number | undefined {
    return this.#port(descriptor, this.#library.symbols.getpeername);
  }

  #port(
    descriptor: number,
    ask: Library["symbols"]["getpeername"],
  ): number | undefined {
    const address = this.#address;
    this.#length[0] = address.length;
    if (ask(descriptor, address, this.#length) !== 0) return undefined;
    const isIp = address[0] === AF_INET || address[0] === AF_INET6;
    return isIp ? address[2] << 8 | address[3] : undefined;
  }

  /** The other end that was asked for last. */
  #peer(port: number): string {
    const address = this.#address;
    const bytes = address[0] === AF_INET
      ? address.subarray(4, 8)
      : address.subarray(8, 24);
    return `${digitsOfBytes(bytes)}:${port}`;
  }
}

/** Names of addresses that are asked for again and again. */
const names = new WeakMap<Address, string>();

/** The other end of a connection, however its address is written. */
export function clientName(address: Address): string {
  let name = names.get(address);
  if (name === undefined) {
    name = `${addressDigits(address.hostname)}:${address.port}`;
    names.set(address, name);
  }
  return name;
}

function isWorker(): boolean {
  return !isMainThread || "WorkerGlobalScope" in globalThis;
}
