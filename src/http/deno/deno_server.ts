import { delay } from "@std/async/delay";
import type { Channel } from "../../channel/channel.ts";
import type { Channels } from "../../channel/channels.ts";
import { CutOffError } from "../../channel/viewers/cut_off_error.ts";
import type { Faults } from "../../log/faults.ts";
import { isOutOfDescriptors } from "../../system/spare_descriptors.ts";
import { internalError } from "../answer/plain_text.ts";
import {
  Listening,
  type ListeningOptions,
  type ServerNotices,
} from "../listening/listening.ts";
import { placeOf, type ServerPlace } from "../listening/server_place.ts";
import { openSocketFile, removeSocketFile } from "../listening/socket_file.ts";
import {
  asChannels,
  type HandlerOptions,
  settingsOf,
} from "../routing/handler_options.ts";
import { answersAbout, type FindAnswer } from "../routing/answer_to.ts";
import type { SendingSettings } from "../routing/respond.ts";
import { FloodGuard } from "../sockets/flood_guard.ts";
import { guardedHandler } from "./guarded_handler.ts";

/** A certificate and its private key, in PEM. */
export interface Certificate {
  /** The certificate, and those that vouch for it. */
  cert: string;
  /** Its private key. */
  key: string;
}

/** Options of {@linkcode serveByDeno}. */
export interface DenoServerOptions
  extends HandlerOptions, ServerPlace, ServerNotices {
  /**
   * The certificate to serve HTTPS and HTTP/2 with.
   *
   * @default {undefined}
   */
  tls?: Certificate;
}

/** A server that listens. */
export interface DenoServer {
  /** Address and port of the server; path and 0 for a Unix socket. */
  readonly addr: { hostname: string; port: number };
  /**
   * True if the server is protected from clients that go on sending after
   * their requests, all of which Deno keeps in memory, and from those that
   * send no request, for which it waits for ever. The guard that cuts
   * them off needs Linux with glibc and Deno's permission `--allow-ffi`, which
   * `-A` includes; a server on a Unix socket needs no guard.
   */
  readonly isGuarded: boolean;
  /**
   * Serves new connections by another certificate. Open ones go on by the one
   * that they began with. One that cannot be used is reported as a fault, and
   * the one before stays.
   */
  renewCertificate(tls: Certificate): void;
  /** Takes no more connections; resolves once the open ones have ended. */
  shutdown(): Promise<void>;
}

/**
 * Serves channels as {@linkcode createHandler} does, over `Deno.serve`.
 *
 * `Deno.serve` alone ends when no file descriptor is left for a connection.
 * This server refuses new connections until some are free, and goes on.
 *
 * @param channels The channels to serve, or the only one.
 * @param options The address to listen on, and options of the handler.
 * @returns The server, which listens already.
 * @throws {Error} If it cannot listen: the error of `Deno.serve`.
 *
 * @example
 * ```ts
 * import { Channel } from "@x/gifstream";
 * import { serveByDeno } from "@x/gifstream/deno";
 * import { assertEquals } from "@std/assert";
 *
 * const channel = new Channel();
 * const server = serveByDeno(channel, { port: 0 });
 * const { hostname, port } = server.addr;
 * const response = await fetch(`http://${hostname}:${port}/api/channels`);
 * assertEquals((await response.json()).channels[0].viewers, 0);
 * channel.close();
 * await server.shutdown();
 * ```
 */
export function serveByDeno(
  channels: Channels | Channel,
  options: DenoServerOptions = {},
): DenoServer {
  const settings = settingsOf(options);
  const findAnswer = answersAbout(asChannels(channels), settings);
  return serveAnswersByDeno(findAnswer, settings, options);
}

/** Options of a server to which others give the answers. */
export type DenoAnsweringOptions =
  & Omit<DenoServerOptions, keyof HandlerOptions>
  & Pick<ListeningOptions, "makeReserve">;

/**
 * Serves answers of any origin: see {@linkcode serveByDeno}.
 *
 * @param findAnswer Finds the answers.
 * @param settings What it takes to send them.
 * @param options The address to listen on.
 * @throws {Error} If it cannot listen: the error of `Deno.serve`.
 */
export function serveAnswersByDeno(
  findAnswer: FindAnswer,
  settings: SendingSettings,
  options: DenoAnsweringOptions,
): DenoServer {
  return new RenewedServer(findAnswer, settings, options);
}

type Server = Deno.HttpServer<Deno.NetAddr> | Deno.HttpServer<Deno.UnixAddr>;

/** Servers that no longer listen but keep their connections, at most. */
const MAX_EARLIER = 8;

/** A server that finds no descriptor has ended after this time. */
const KNOCK_MILLISECONDS = 20;

/** The address of servers that follow each other. */
interface Place {
  hostname: string;
  port: number;
}

/** A succession of servers of Deno at the same address. */
class RenewedServer implements DenoServer {
  readonly addr: DenoServer["addr"];
  readonly #handler: Deno.ServeHandler;
  readonly #options: DenoAnsweringOptions;
  readonly #faults: Faults;
  readonly #guard: FloodGuard;
  readonly #listening: Listening;
  #tls: Certificate | undefined;
  /** That of the last server that listened. */
  #provenTls: Certificate | undefined;
  /** The server that listens, if any. */
  #server: Server | undefined;
  readonly #earlier = new Set<Server>();

  constructor(
    findAnswer: FindAnswer,
    settings: SendingSettings,
    options: DenoAnsweringOptions,
  ) {
    const { hostname, port, path } = placeOf(options);
    this.#options = options;
    this.#tls = options.tls;
    this.#faults = settings.faults;
    this.#guard = new FloodGuard({
      onCut: (clients) => options.onCutOff?.(clients),
    });
    // The client of a Unix socket is a proxy, which lets no flood through.
    const guard = path === undefined ? this.#guard : undefined;
    const handler = guardedHandler(findAnswer, settings, guard);
    this.#handler = (request, info) => {
      this.#listening.noticeConnection();
      return handler(request, info);
    };
    const { addr } = this.#serve({ hostname, port });
    this.addr = "port" in addr ? addr : { hostname: addr.path, port: 0 };
    // Other threads' clients ask nothing here.
    const isAlone = path === undefined && !options.reusePort;
    if (isAlone) this.#guard.watchPort(this.addr.port);
    // Permission to listen may be granted for this host name only.
    const place = { hostname, port: this.addr.port };
    this.#listening = new Listening({
      ...options,
      faults: this.#faults,
      begin: () => this.#serveAgain(place),
      end: () => this.#knock(),
    });
  }

  get isGuarded(): boolean {
    return this.#options.path !== undefined || this.#guard.isAble;
  }

  renewCertificate(tls: Certificate): void {
    this.#tls = tls;
    const server = this.#server;
    // None: it counts as soon as there is one again.
    if (server === undefined) return;
    this.#retire(server);
    this.#runOut(server);
    this.#listening.restart();
  }

  async shutdown(): Promise<void> {
    await this.#listening.close();
    if (this.#server !== undefined) this.#retire(this.#server);
    await Promise.all([...this.#earlier].map((it) => it.shutdown()));
    this.#guard.close();
  }

  #serveAgain(place: Place): void {
    try {
      this.#serve(place);
    } catch (error) {
      const isPassing = error instanceof Deno.errors.AddrInUse ||
        isOutOfDescriptors(error);
      if (isPassing || this.#tls === this.#provenTls) throw error;
      this.#note(error);
      this.#tls = this.#provenTls;
      this.#serve(place);
    }
  }

  #serve(place: Place): Server {
    const { path, reusePort = false } = this.#options;
    const tls = this.#tls;
    if (reusePort && !canSharePortByDeno()) {
      throw new TypeError(
        "Cannot share the port: Deno needs the option --unstable-net for it",
      );
    }
    const common = {
      onListen: () => {},
      onError: (error: unknown) => this.#answerError(error),
    };
    const server: Server = path === undefined
      ? Deno.serve({ ...place, ...tls, reusePort, ...common }, this.#handler)
      : Deno.serve({ path, ...common }, this.#handler);
    if (path !== undefined) this.#open(server, path);
    server.finished.catch((error) => this.#onEnd(server, error));
    this.#server = server;
    this.#provenTls = tls;
    return server;
  }

  #open(server: Server, path: string): void {
    try {
      openSocketFile(path, this.#options);
    } catch (error) {
      this.#runOut(server);
      throw error;
    }
  }

  /** Deno itself would write to the console, and wait for its reader. */
  #answerError(error: unknown): Response {
    if (!(error instanceof CutOffError)) {
      this.#faults.note("request", error);
    }
    return internalError();
  }

  /**
   * Makes the server accept a connection for which it finds no descriptor, so
   * that it ends: there is no other way to stop only the listening.
   */
  async #knock(): Promise<void> {
    const server = this.#server;
    if (server === undefined || !mayConnect(server.addr)) return;
    try {
      using _connection = await connect(server.addr);
      await Promise.race([server.finished, delay(KNOCK_MILLISECONDS)]);
    } catch {
      // The server has ended, or another client was faster: try next time.
    }
  }

  /** A server that could not take a connection keeps those it has. */
  #onEnd(server: Server, error: unknown): void {
    if (server !== this.#server) return this.#note(error);
    this.#retire(server);
    if (isOutOfDescriptors(error)) return this.#listening.refuse();
    this.#note(error);
    this.#listening.restart();
  }

  #retire(server: Server): void {
    this.#server = undefined;
    this.#earlier.add(server);
    const [oldest] = this.#earlier;
    if (this.#earlier.size > MAX_EARLIER) this.#runOut(oldest);
    const { path } = this.#options;
    if (path === undefined) return;
    try {
      removeSocketFile(path);
    } catch (error) {
      this.#note(error);
    }
  }

  #runOut(server: Server): void {
    server.shutdown().catch((error) => this.#note(error))
      .finally(() => this.#earlier.delete(server));
  }

  #note(error: unknown): void {
    this.#faults.note("program", error);
  }
}

/**
 * True if Deno was started with `--unstable-net`. Without it, Deno ends the
 * whole program at the attempt to share a port.
 */
export function canSharePortByDeno(): boolean {
  // An interface that is there with the same option only.
  return "listenDatagram" in Deno;
}

/** Checked first, since a permission prompt of Deno would puzzle the user. */
function mayConnect(place: Deno.NetAddr | Deno.UnixAddr): boolean {
  if ("path" in place) return true;
  const { hostname, port } = place;
  const host = `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
  return Deno.permissions.querySync({ name: "net", host }).state === "granted";
}

function connect(place: Deno.NetAddr | Deno.UnixAddr): Promise<Deno.Conn> {
  return "path" in place
    ? Deno.connect({ transport: "unix", path: place.path })
    : Deno.connect({ hostname: place.hostname, port: place.port });
}
