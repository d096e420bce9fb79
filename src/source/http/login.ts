import { createHash, randomBytes } from "node:crypto";
import type { Buffer } from "node:buffer";

/** The demand of a server in `WWW-Authenticate` (RFC 9110, 11.3). */
interface Challenge {
  /** In lower case. */
  scheme: string;
  /** The names are in lower case. */
  parameters: ReadonlyMap<string, string>;
}

/** A challenge of the scheme Digest that can be answered. */
interface Digest {
  realm: string;
  nonce: string;
  opaque: string | undefined;
  /** As the server wrote it; undefined: it wrote none, which means MD5. */
  algorithm: string | undefined;
  hash: "md5" | "sha256";
  isSession: boolean;
  /** False for servers of before 1999. */
  hasQuality: boolean;
}

/** One name and value, or the name of a scheme. */
const TOKEN =
  /[\s,]*([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/gy;

/**
 * A user and a password, as a server asks for them: by Digest (RFC 7616) where
 * it can, else by Basic (RFC 7617). Nothing is sent before it asks.
 */
export class Login {
  readonly #user: string;
  readonly #password: string;
  #asked: "Basic" | Digest | undefined;
  /** Number of requests since the nonce is known. */
  #count = 0;

  constructor(user: string, password: string) {
    this.#user = user;
    this.#password = password;
  }

  /**
   * Takes what a server asks for.
   *
   * @param header The value of `WWW-Authenticate`; null if there is none.
   * @returns False if it is neither Basic nor Digest.
   */
  take(header: string | null): boolean {
    const challenges = challengesIn(header ?? "Basic");
    const digest = challenges.map(digestOf).find((found) => found);
    const isBasic = challenges.some(({ scheme }) => scheme === "basic");
    this.#asked = digest ?? (isBasic ? "Basic" : undefined);
    this.#count = 0;
    return this.#asked !== undefined;
  }

  /** The value of `Authorization` for a GET; undefined before it is asked for. */
  header(url: URL): string | undefined {
    if (this.#asked === undefined) return undefined;
    if (this.#asked !== "Basic") return this.#digestHeader(this.#asked, url);
    const bytes = new TextEncoder().encode(`${this.#user}:${this.#password}`);
    return `Basic ${bytes.toBase64()}`;
  }

  #digestHeader(digest: Digest, url: URL): string {
    const { realm, nonce, opaque, algorithm, isSession, hasQuality } = digest;
    const hash = (...words: string[]) =>
      createHash(digest.hash).update(words.join(":")).digest("hex");
    const uri = url.pathname + url.search;
    const random: Buffer = randomBytes(8);
    const ours = random.toString("hex");
    const count = (++this.#count).toString(16).padStart(8, "0");
    const secret = hash(this.#user, realm, this.#password);
    const key = isSession ? hash(secret, nonce, ours) : secret;
    const request = hash("GET", uri);
    const response = hasQuality
      ? hash(key, nonce, count, ours, "auth", request)
      : hash(key, nonce, request);
    const fields = [
      `username=${quoted(this.#user)}`,
      `realm=${quoted(realm)}`,
      `nonce=${quoted(nonce)}`,
      `uri=${quoted(uri)}`,
      `response="${response}"`,
    ];
    if (algorithm !== undefined) fields.push(`algorithm=${algorithm}`);
    if (opaque !== undefined) fields.push(`opaque=${quoted(opaque)}`);
    if (hasQuality) fields.push("qop=auth", `nc=${count}`);
    if (hasQuality || isSession) fields.push(`cnonce="${ours}"`);
    return `Digest ${fields.join(", ")}`;
  }
}

function challengesIn(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  for (const [, name, quotedValue, value] of header.matchAll(TOKEN)) {
    const key = name.toLowerCase();
    const given = quotedValue?.replace(/\\(.)/gs, "$1") ?? value;
    if (given === undefined) {
      challenges.push({ scheme: key, parameters: new Map() });
    } else challenges.at(-1)?.parameters.set(key, given);
  }
  return challenges;
}

function digestOf({ scheme, parameters }: Challenge): Digest | undefined {
  const realm = parameters.get("realm"), nonce = parameters.get("nonce");
  if (scheme !== "digest" || realm === undefined || nonce === undefined) {
    return undefined;
  }
  const algorithm = parameters.get("algorithm");
  const [, name, session] =
    /^(MD5|SHA-256)(-sess)?$/i.exec(algorithm ?? "MD5") ?? [];
  const qualities = parameters.get("qop")?.toLowerCase().split(/[\s,]+/);
  // Of "auth-int" alone, the body would have to be hashed.
  if (name === undefined || qualities?.includes("auth") === false) {
    return undefined;
  }
  return {
    realm,
    nonce,
    opaque: parameters.get("opaque"),
    algorithm,
    hash: name.toUpperCase() === "MD5" ? "md5" : "sha256",
    isSession: session !== undefined,
    hasQuality: qualities !== undefined,
  };
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
