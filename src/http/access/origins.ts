import { STATUS_CODE } from "@std/http/status";
import type { Answer } from "../answer/answer.ts";
import { HttpError } from "../answer/http_error.ts";
import { SocketAnswer } from "../answer/socket_answer.ts";
import { StreamAnswer } from "../answer/stream_answer.ts";
import { Hosts } from "./hosts.ts";
import { type Place, publicOrigin } from "./public_address.ts";

const ALLOW_ORIGIN = "access-control-allow-origin";

/** The pages, by their origin, whose scripts may read what is served. */
export class Origins {
  readonly #allowed: ReadonlySet<string>;
  readonly #hosts: Hosts;

  /**
   * @param allowed Origins, as in `https://example.org`; `*` stands for all.
   * @param hosts The names of the server itself.
   * @throws {RangeError} If one is not an origin.
   */
  constructor(allowed: readonly string[], hosts: Hosts = new Hosts([])) {
    this.#allowed = new Set(allowed.map(normalOrigin));
    this.#hosts = hosts;
  }

  /**
   * Refuses what pages of other origins ask for by means that browsers do not
   * keep from them: sockets, and events.
   *
   * @param ambient Whether a browser lets the request in by itself, whoever
   * makes it, since it knows a password.
   * @throws {HttpError} If that page may not.
   */
  check(request: Request, place: Place, ambient: boolean): void {
    const origin = request.headers.get("origin");
    if (origin === null || this.#allowed.has(origin)) return;
    if (this.#allowed.has("*") && !ambient) return;
    if (!asksForPushes(request)) return;
    if (origin === publicOrigin(request, place)) {
      if (this.#allowed.has("*") || place.trustProxy) return;
      // The name may be that of a page which has it lead here.
      if (this.#hosts.knows(request, place)) return;
      throw new HttpError(
        STATUS_CODE.Forbidden,
        "Pages under this name of the server may not use this address: it " +
          "takes --allow-host, or --allow-origin.",
      );
    }
    throw new HttpError(
      STATUS_CODE.Forbidden,
      "Pages of this origin may not use this address.",
    );
  }

  /** Says in an answer whether the asking page's scripts may read it. */
  mark(request: Request, answer: Answer): Answer {
    if (this.#allowed.has("*") || answer instanceof SocketAnswer) return answer;
    if (answer instanceof Response) {
      this.#mark(request, answer.headers);
      return answer;
    }
    const headers = new Headers(answer.headers);
    this.#mark(request, headers);
    return new StreamAnswer(Object.fromEntries(headers), answer.attach);
  }

  #mark(request: Request, headers: Headers): void {
    const origin = request.headers.get("origin");
    headers.append("vary", "origin");
    headers.delete(ALLOW_ORIGIN);
    if (origin === null || !this.#allowed.has(origin)) return;
    headers.set(ALLOW_ORIGIN, origin);
  }
}

function asksForPushes({ headers }: Request): boolean {
  return headers.get("upgrade")?.toLowerCase() === "websocket" ||
    headers.get("accept")?.includes("text/event-stream") === true;
}

function normalOrigin(text: string): string {
  if (text === "*") return text;
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol) && isBare(url)) {
    return url.origin;
  }
  throw new RangeError(
    `Cannot allow origin: expected * or one such as https://example.org, ` +
      `found ${text}`,
  );
}

function isBare({ pathname, search, hash, username, password }: URL): boolean {
  return pathname === "/" && `${search}${hash}${username}${password}` === "";
}
