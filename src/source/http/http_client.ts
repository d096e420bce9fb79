import { errorMessage } from "../../system/error_message.ts";
import { VERSION } from "../../system/version.ts";
import { decoded } from "../secrets/shown_input.ts";
import { Login } from "./login.ts";
import { retryAfter } from "./retry_after.ts";

/** Validators of the file at an address, for conditional requests. */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

/** A server's answer, with status 200 or 304. */
export interface HttpAnswer {
  /** True if the file is the one that the validators are of; it has no body. */
  isUnchanged: boolean;
  /** The media type, in lower case, without parameters. */
  type: string;
  /** Bytes of the body; undefined: the server does not say, or it has no end. */
  length: number | undefined;
  body: ReadableStream<Uint8Array>;
  validators: Validators;
  /** The ids of the channels that it came through, by `Via`. */
  channelIds: string[];
  /** Ends the request. */
  close(): void;
}

/** Thrown when a server gives no answer that can be used. */
export class HttpClientError extends Error {
  /** Tells it from other errors. */
  override readonly name = "HttpClientError";
  /** True if another program may understand the answer, which is odd HTTP. */
  readonly isOdd: boolean;
  /** Time for which the server is to be left alone. */
  readonly restMilliseconds: number;

  /**
   * Makes the error.
   *
   * @param message What the server did, to follow its address.
   * @param isOdd True if it is odd HTTP.
   * @param restMilliseconds Time for which the server is to be left alone.
   */
  constructor(
    message: string,
    isOdd: boolean = false,
    restMilliseconds: number = 0,
  ) {
    super(message);
    this.isOdd = isOdd;
    this.restMilliseconds = restMilliseconds;
  }
}

/** Time for a head, which some cameras send with their first picture. */
const HEAD_MILLISECONDS = 75_000;
/** The same where there was an answer before. */
const NEXT_HEAD_MILLISECONDS = 30_000;
const MAX_REDIRECTS = 5;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
const OK = 200, NOT_MODIFIED = 304, UNAUTHORIZED = 401;
/** The beginning of the ids of channels. */
const CHANNEL_ID = /^gifstream-/;
/** Most channels in a row that are remembered. */
const MAX_CHANNELS = 64;
/** Coded bodies that can be read; nothing coded is asked for. */
const CODINGS = new Map<string, CompressionFormat>([
  ["gzip", "gzip"],
  ["x-gzip", "gzip"],
  ["deflate", "deflate"],
]);
/** Words of `fetch()` for answers that are not quite HTTP, and odd ports. */
const ODD_HTTP =
  /invalid (HTTP|content-length|transfer-encoding)|parsed|port \d+ [a-z]+ blocked/i;

/** Asks one address, as often as need be. */
export class HttpClient {
  readonly #address: URL;
  readonly #login: Login | undefined;

  /**
   * Makes a client.
   *
   * @param address The address, with user and password if need be.
   * @throws {TypeError} If it is none.
   */
  constructor(address: string) {
    const url = new URL(address);
    const { username, password } = url;
    if (username !== "" || password !== "") {
      this.#login = new Login(decoded(username), decoded(password));
    }
    this.#address = withoutLogin(url);
  }

  /**
   * Asks for the file.
   *
   * @param signal Ends the request.
   * @param validators Those of the file that is there already.
   * @throws {HttpClientError} If there is no answer that can be used.
   * @throws {Deno.errors.NotCapable} If the permission for the host is missing.
   */
  async get(
    signal: AbortSignal,
    validators?: Validators,
  ): Promise<HttpAnswer> {
    const stop = new AbortController();
    const abort = () => stop.abort();
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) abort();
    const milliseconds = validators === undefined
      ? HEAD_MILLISECONDS
      : NEXT_HEAD_MILLISECONDS;
    const timer = setTimeout(abort, milliseconds);
    const close = () => {
      signal.removeEventListener("abort", abort);
      stop.abort();
    };
    try {
      const response = await this.#follow(stop.signal, validators);
      return { ...answerOf(response), close };
    } catch (error) {
      close();
      if (!isAbort(error) || signal.aborted) throw error;
      throw new HttpClientError(
        `there was no answer for ${milliseconds / 1000} s`,
      );
    } finally {
      clearTimeout(timer);
    }
  }

  async #follow(
    signal: AbortSignal,
    validators: Validators | undefined,
  ): Promise<Response> {
    let url = this.#address;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const response = await this.#askAndLogIn(url, signal, validators);
      const { status } = response;
      if (!REDIRECTS.includes(status)) return response;
      const location = response.headers.get("location");
      await response.body?.cancel();
      url = redirected(url, location);
    }
    throw new HttpClientError(
      `it redirects more than ${MAX_REDIRECTS} times`,
    );
  }

  /** Answers a server that asks for user and password. */
  async #askAndLogIn(
    url: URL,
    signal: AbortSignal,
    validators: Validators | undefined,
  ): Promise<Response> {
    const login = isSameServer(this.#address, url) ? this.#login : undefined;
    const first = await ask(url, signal, validators, login);
    if (first.status !== UNAUTHORIZED || login === undefined) return first;
    const header = first.headers.get("www-authenticate");
    if (!login.take(header)) return first;
    await first.body?.cancel();
    const second = await ask(url, signal, validators, login);
    if (second.status !== UNAUTHORIZED) return second;
    await second.body?.cancel();
    throw new HttpClientError("it refuses the user or the password (401)");
  }
}

async function ask(
  url: URL,
  signal: AbortSignal,
  validators: Validators | undefined,
  login: Login | undefined,
): Promise<Response> {
  const headers = new Headers({
    "user-agent": `gifstream/${VERSION}`,
    // A stream that is coded is late, and pictures are packed already.
    "accept-encoding": "identity",
  });
  const { etag = null, lastModified = null } = validators ?? {};
  if (etag !== null) headers.set("if-none-match", etag);
  if (lastModified !== null) headers.set("if-modified-since", lastModified);
  const authorization = login?.header(url);
  if (authorization !== undefined) headers.set("authorization", authorization);
  try {
    return await fetch(url, { headers, redirect: "manual", signal });
  } catch (error) {
    if (isAbort(error) || error instanceof Deno.errors.NotCapable) throw error;
    const message = connectionProblem(error);
    throw new HttpClientError(message, ODD_HTTP.test(message));
  }
}

function answerOf(response: Response): Omit<HttpAnswer, "close"> {
  const { status, headers, body } = response;
  if (status !== OK && status !== NOT_MODIFIED) {
    body?.cancel();
    throw new HttpClientError(
      statusProblem(status, response.statusText),
      false,
      retryAfter(headers.get("retry-after")),
    );
  }
  const coding = headers.get("content-encoding")?.trim().toLowerCase();
  const isCoded = coding !== undefined && coding !== "" &&
    coding !== "identity";
  const length = headers.get("content-length");
  return {
    isUnchanged: status === NOT_MODIFIED,
    type: (headers.get("content-type") ?? "").split(";")[0].trim()
      .toLowerCase(),
    length: isCoded || length === null ? undefined : Number(length),
    body: decodedBody(body, isCoded ? coding : undefined),
    validators: {
      etag: headers.get("etag"),
      lastModified: headers.get("last-modified"),
    },
    channelIds: channelsInVia(headers.get("via") ?? ""),
  };
}

function decodedBody(
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
  coding: string | undefined,
): ReadableStream<Uint8Array> {
  if (body === null) return ReadableStream.from([]);
  if (coding === undefined) return body;
  const format = CODINGS.get(coding);
  if (format !== undefined) {
    return body.pipeThrough(new DecompressionStream(format));
  }
  body.cancel();
  throw new HttpClientError(
    `it answers coded by ${coding}: expected gzip, deflate or none`,
  );
}

/** The channels of `1.1 gifstream-a, 1.0 proxy (comment)`. */
function channelsInVia(header: string): string[] {
  return header.split(",").map((one) => one.trim().split(/\s+/)[1])
    .filter((name) => name !== undefined && CHANNEL_ID.test(name))
    .slice(-MAX_CHANNELS);
}

function redirected(from: URL, location: string | null): URL {
  const url = location === null || !URL.canParse(location, from)
    ? undefined
    : new URL(location, from);
  if (url === undefined) {
    throw new HttpClientError("it redirects, but does not say where to");
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new HttpClientError(
      `it redirects to ${url.protocol}: expected http: or https:`,
    );
  }
  return withoutLogin(url);
}

function withoutLogin(url: URL): URL {
  const plain = new URL(url);
  plain.username = plain.password = plain.hash = "";
  return plain;
}

/** True if both are of one server, or the second is its HTTPS. */
function isSameServer(first: URL, second: URL): boolean {
  if (first.origin === second.origin) return true;
  return first.hostname === second.hostname && first.port === "" &&
    second.port === "" && second.protocol === "https:";
}

function statusProblem(status: number, statusText: string): string {
  const answers = `it answers ${status} ${statusText}`.trim();
  if (status !== UNAUTHORIZED) return answers;
  return `${answers}: expected a user and a password in the address, as in ` +
    "http://USER:PASSWORD@HOST/";
}

/** Why there is no answer, in the last words of `fetch()`. */
function connectionProblem(error: unknown): string {
  let cause = error;
  while (cause instanceof Error && cause.cause !== undefined) {
    cause = cause.cause;
  }
  const words = errorMessage(cause).replace(/^.*client error \(\w+\): /s, "")
    .replace(/ \(os error \d+\)$/, "");
  return /certificate/i.test(words)
    ? `${words}; for a certificate of its own, set DENO_CERT to its file, or ` +
      "have ffmpeg read it unchecked: --input-args='-tls_verify 0'"
    : words;
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
