import { concat } from "@std/bytes/concat";
import type { Buffer } from "node:buffer";
import {
  Agent,
  type ClientRequest,
  type IncomingMessage,
  request,
} from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";
import type { Socket } from "node:net";

/** A request to nginx. */
export interface NchanRequest {
  method: "GET" | "POST" | "DELETE";
  headers?: Record<string, string>;
  body?: Uint8Array;
}

/** The answer of nginx. */
export interface NchanAnswer {
  status: number;
  /** The beginning of its body. */
  body: Uint8Array;
}

/** Time for an answer. */
const TIMEOUT_MILLISECONDS = 5000;
/** Bytes that are kept of an answer. */
const MAX_BODY_BYTES = 4096;

/**
 * One connection to nginx, for one request at a time. All requests go by the
 * same: nginx may have been restarted when another is needed, and have lost
 * what it kept.
 */
export class NchanConnection {
  readonly #address: string;
  readonly #headers: Record<string, string>;
  readonly #isTls: boolean;
  readonly #agent: Agent;
  #socket: Socket | undefined;
  #isOpen = true;

  /** @param address Of all requests; it may have a user and a password. */
  constructor(address: string) {
    const url = new URL(address);
    const { username, password, protocol } = url;
    this.#headers = {};
    if (username !== "" || password !== "") {
      const credentials = `${decodeURIComponent(username)}:${
        decodeURIComponent(password)
      }`;
      const bytes = new TextEncoder().encode(credentials);
      this.#headers.authorization = `Basic ${bytes.toBase64()}`;
    }
    url.username = url.password = "";
    this.#address = url.href;
    this.#isTls = protocol === "https:";
    const options = { keepAlive: true, maxSockets: 1 };
    this.#agent = this.#isTls ? new TlsAgent(options) : new Agent(options);
  }

  /** False once the connection was lost, or nginx has closed it. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /**
   * Asks nginx.
   *
   * @throws {Error} If there is no answer; nothing can be asked afterwards.
   */
  async ask({ method, headers, body }: NchanRequest): Promise<NchanAnswer> {
    if (!this.#isOpen) throw new Error("nginx has closed the connection");
    const length = { "content-length": String(body?.length ?? 0) };
    const options = {
      method,
      agent: this.#agent,
      headers: { ...this.#headers, ...length, ...headers },
    };
    const ask = this.#isTls ? tlsRequest : request;
    try {
      return await answerTo(
        ask(this.#address, options),
        body,
        (socket) => this.#takeSocket(socket),
      );
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Closes the connection. */
  close(): void {
    this.#isOpen = false;
    this.#agent.destroy();
  }

  /** @throws {Error} If it is another than before. */
  #takeSocket(socket: Socket): void {
    if (socket === this.#socket) return;
    if (this.#socket !== undefined) {
      throw new Error("nginx has closed the connection");
    }
    this.#socket = socket;
    // An error is told to the request that is open, if there is one.
    socket.on("error", () => {}).once("close", () => this.close());
  }
}

function answerTo(
  outgoing: ClientRequest,
  body: Uint8Array | undefined,
  onSocket: (socket: Socket) => void,
): Promise<NchanAnswer> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      clearTimeout(timer);
      reject(error);
      outgoing.destroy();
    };
    const timer = setTimeout(
      () => fail(new Error(`no answer in ${TIMEOUT_MILLISECONDS / 1000} s`)),
      TIMEOUT_MILLISECONDS,
    );
    outgoing.on("error", fail);
    outgoing.on("socket", (socket: Socket) => {
      try {
        onSocket(socket);
      } catch (error) {
        return fail(error);
      }
      outgoing.setNoDelay(true);
      outgoing.end(body);
    });
    outgoing.on("response", (incoming: IncomingMessage) => {
      const chunks: Uint8Array[] = [];
      let length = 0;
      incoming.on("error", fail).on("data", (chunk: Buffer) => {
        if (length < MAX_BODY_BYTES) chunks.push(chunk);
        length += chunk.length;
      }).on("aborted", () => fail(new Error("the answer was cut off")))
        .on("end", () => {
          clearTimeout(timer);
          const status = incoming.statusCode!;
          resolve({ status, body: concat(chunks).subarray(0, MAX_BODY_BYTES) });
        });
    });
  });
}
