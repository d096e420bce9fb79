import { STATUS_CODE } from "@std/http/status";
import { HttpError } from "../answer/http_error.ts";
import { isSecure, pathPrefix, type Place } from "./public_address.ts";
import { Secret } from "./secret.ts";

/** Options for viewers that may watch, and for pages that may read. */
export interface ViewingOptions {
  /**
   * Token that viewers must send, unless they send `basic`: as
   * `Authorization: Bearer TOKEN`, or as `?token=TOKEN` where no header can
   * be sent, as by an `<img>`. The page, opened with `?token=`, keeps the
   * token in a cookie for everything that it loads.
   *
   * @default {undefined} anybody may watch, unless `basic` is set
   */
  token?: string;
  /**
   * User and password, for which browsers ask the user.
   *
   * @default {undefined}
   */
  basic?: { user: string; password: string };
  /**
   * Origins, such as `https://example.org`, whose scripts may read the
   * answers; `*` stands for all. Any page may show the stream in an `<img>`.
   *
   * @default {["*"]}
   */
  allowOrigin?: readonly string[];
  /**
   * Names by which clients may call the server, such as `cams.example.org` or
   * `*.example.org`, besides IP addresses and names of local networks; other
   * requests get status 421. With `allowOrigin`, its own pages under other
   * names may not listen.
   *
   * @default {[]} any name
   */
  allowHost?: readonly string[];
}

/** A cookie; which pages may lead a browser here that sends it along. */
export type Cookie = (sameSite: "Strict" | "Lax") => string;

/** Admission of a viewer. */
export interface Entry {
  /** True if the browser sent the credentials unasked, for any page. */
  ambient: boolean;
  /**
   * Cookie that stands for a token in the address: for the page, so that it
   * admits what the page loads, and for a redirect, which drops the token.
   */
  cookie?: Cookie;
}

const REALM = 'realm="gifstream", charset="UTF-8"';

/** Checks the credentials of viewers. */
export class Access {
  readonly #token: Secret | undefined;
  readonly #basic: Secret | undefined;

  /** @throws {RangeError} If a token or password is empty. */
  constructor({ token, basic }: ViewingOptions) {
    if (token !== undefined) this.#token = new Secret(token);
    if (basic === undefined) return;
    if (basic.user.includes(":") || basic.password === "") {
      throw new RangeError(
        "Cannot use Basic authentication: expected a user without a colon " +
          "and a password",
      );
    }
    this.#basic = new Secret(`${basic.user}:${basic.password}`);
  }

  /** True if a token lets viewers in. */
  get takesToken(): boolean {
    return this.#token !== undefined;
  }

  /** The secret that lets viewers in, for a page that asks; empty: none is needed. */
  get needs(): "" | "token" | "password" {
    if (this.isOpen) return "";
    return this.takesToken ? "token" : "password";
  }

  /** True if anybody may watch. */
  get isOpen(): boolean {
    return this.#token === undefined && this.#basic === undefined;
  }

  /**
   * Admits a request.
   *
   * @throws {HttpError} With status 401 if its credentials are missing or
   * wrong.
   */
  enter(request: Request, query: URLSearchParams, place: Place): Entry {
    if (this.isOpen) return { ambient: false };
    const { scheme, credentials } = authorization(request);
    if (scheme === "bearer" && this.#token?.matches(credentials)) {
      return { ambient: false };
    }
    if (scheme === "basic" && this.#basic?.matches(decoded(credentials))) {
      return { ambient: true };
    }
    const token = query.get("token");
    if (token !== null && this.#token?.matches(token)) {
      return { ambient: false, cookie: this.#cookie(token, request, place) };
    }
    if (this.#token?.matches(this.#tokenOfCookie(request) ?? "")) {
      return { ambient: true };
    }
    throw this.#refusal();
  }

  /** True if a request is admitted. */
  admits(request: Request, query: URLSearchParams, place: Place): boolean {
    try {
      this.enter(request, query, place);
      return true;
    } catch (error) {
      if (error instanceof HttpError) return false;
      throw error;
    }
  }

  #refusal(): HttpError {
    const ways = [
      this.#token === undefined
        ? ""
        : "Authorization: Bearer TOKEN, or ?token=TOKEN in the address",
      this.#basic === undefined ? "" : "user and password",
    ].filter((way) => way !== "");
    const challenges = [
      this.#basic === undefined ? "" : `Basic ${REALM}`,
      this.#token === undefined ? "" : 'Bearer realm="gifstream"',
    ].filter((challenge) => challenge !== "");
    return new HttpError(
      STATUS_CODE.Unauthorized,
      `Only those may watch who send ${ways.join("; or ")}.`,
      { "www-authenticate": challenges.join(", ") },
    );
  }

  /** Differs for each token, since servers on other ports share cookies. */
  get #cookieName(): string {
    return `gifstream_${this.#token?.mark}`;
  }

  #cookie(token: string, request: Request, place: Place): Cookie {
    const secure = isSecure(request, place) ? "; Secure" : "";
    return (sameSite) =>
      `${this.#cookieName}=${encodeURIComponent(token)}; ` +
      `Path=${pathPrefix(request, place)}/; HttpOnly; SameSite=${sameSite}` +
      secure;
  }

  #tokenOfCookie(request: Request): string | undefined {
    const cookies = request.headers.get("cookie")?.split(/;\s*/) ?? [];
    const begin = `${this.#cookieName}=`;
    const found = cookies.find((cookie) => cookie.startsWith(begin));
    return found === undefined
      ? undefined
      : unescaped(found.slice(begin.length));
  }
}

/** Splits the `Authorization` header into scheme and credentials. */
export function authorization(
  request: Request,
): { scheme: string; credentials: string } {
  const header = request.headers.get("authorization") ?? "";
  const [, scheme = "", credentials = ""] = header.match(/^(\S+) +(.*)$/) ?? [];
  return { scheme: scheme.toLowerCase(), credentials: credentials.trim() };
}

/** User and password of Basic authentication: Base64 of UTF-8. */
export function decoded(base64: string): string {
  try {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch (error) {
    // Not Base64, so it matches no password.
    if (error instanceof DOMException) return "";
    throw error;
  }
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    // Not a cookie that this server has set.
    if (error instanceof URIError) return "";
    throw error;
  }
}
