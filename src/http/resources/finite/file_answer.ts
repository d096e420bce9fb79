import { ifNoneMatch } from "@std/http/etag";
import { STATUS_CODE } from "@std/http/status";
import { type ByteRange, readRange } from "../../answer/byte_range.ts";
import { HttpError } from "../../answer/http_error.ts";
import type { AnsweredFile } from "../../answer/kept_files.ts";
import { channelHeaders, CORS_HEADERS } from "../../answer/live_headers.ts";
import type { ChannelCall } from "../../call/call.ts";

/** A file of this moment. */
export interface MadeFile {
  bytes: Uint8Array<ArrayBuffer>;
  /** Its type, and what else is to be said of it. */
  headers: Record<string, string>;
}

/** Options of {@linkcode fileAnswer}. */
export interface FileAnswerOptions {
  /**
   * Time for which the file is still new: others get it, too.
   *
   * @default {0}
   */
  sharedMilliseconds?: number;
  /**
   * Keeps the file for those who have a part of it, and come for the rest. One
   * who asks for a part now is expected to come again in any case.
   *
   * @default {false}
   */
  kept?: boolean;
  /**
   * Makes the body of an answer.
   *
   * @default the bytes themselves
   */
  body?: (bytes: Uint8Array<ArrayBuffer>) => BodyInit;
}

/** Time in which `GET` finds the very file that `HEAD` told of. */
const HEAD_MILLISECONDS = 2000;
/** Bytes of the hash in an entity tag. */
const TAG_BYTES = 16;
/** Names the file that a client reads in pieces, if it keeps cookies. */
const COOKIE = "gifstream_file";
const COOKIE_VALUE = /\bgifstream_file=([\w-]+)/;
const FROM_START = /^bytes\s*=\s*0*-/i;
const COOKIE_SECONDS = 60;

/**
 * Answers with a file of this moment. Clients that have it already, by its
 * entity tag, are not sent it again; those that read it in pieces get all of
 * them of the same file.
 *
 * @param call The request.
 * @param make Makes the file.
 * @param options How it is kept and sent.
 */
export async function fileAnswer(
  call: ChannelCall,
  make: () => Promise<MadeFile>,
  options: FileAnswerOptions = {},
): Promise<Response> {
  const { request } = call;
  const file = keptFile(call) ?? await newFile(call, make, options);
  const { bytes, etag } = file;
  const headers: Record<string, string> = {
    ...channelHeaders(call.channel),
    // It may be kept, if only to be asked for with its tag.
    "cache-control": "no-cache, no-transform",
    "accept-ranges": "bytes",
    ...file.headers,
    etag,
  };
  if (!ifNoneMatch(request.headers.get("if-none-match"), etag)) {
    return new Response(null, { status: STATUS_CODE.NotModified, headers });
  }
  if (readsPieces(request)) {
    headers["set-cookie"] = `${COOKIE}=${file.id}; Path=/; ` +
      `Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Lax`;
  }
  const range = wantedRange(request, file);
  const wanted = range === undefined
    ? bytes
    : bytes.subarray(range.start, range.end);
  headers["content-length"] = String(wanted.length);
  if (range !== undefined) {
    const { start, end } = range;
    headers["content-range"] = `bytes ${start}-${end - 1}/${bytes.length}`;
  }
  const { body = (bytes) => bytes } = options;
  return new Response(request.method === "HEAD" ? null : body(wanted), {
    status: range === undefined ? STATUS_CODE.OK : STATUS_CODE.PartialContent,
    headers,
  });
}

/** That of @std/http needs Node 22, and clips are served by Node 20, too. */
async function entityTag(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  const digits = Array.from(
    new Uint8Array(hash, 0, TAG_BYTES),
    (byte) => byte.toString(16).padStart(2, "0"),
  );
  return `"${digits.join("")}"`;
}

/** A range means something to `GET` only. */
function readsPieces({ method, headers }: Request): boolean {
  return method === "GET" && headers.has("range");
}

/** The file that a client has a part of, or that is still new. */
function keptFile(
  { request, settings: { files } }: ChannelCall,
): AnsweredFile | undefined {
  const { url: address, headers } = request;
  if (!readsPieces(request)) return files.shared(address);
  const tag = headers.get("if-range");
  if (tag !== null) return files.tagged(address, tag);
  const [, id] = headers.get("cookie")?.match(COOKIE_VALUE) ?? [];
  const begun = id === undefined ? undefined : files.withId(address, id);
  if (begun !== undefined) return begun;
  return FROM_START.test(headers.get("range")!)
    ? files.shared(address)
    : files.newest(address);
}

async function newFile(
  { request, settings: { files } }: ChannelCall,
  make: () => Promise<MadeFile>,
  { sharedMilliseconds = 0, kept = false }: FileAnswerOptions,
): Promise<AnsweredFile> {
  const { url: address, method } = request;
  const isHead = method === "HEAD";
  const milliseconds = isHead
    ? Math.max(sharedMilliseconds, HEAD_MILLISECONDS)
    : sharedMilliseconds;
  const makeAndKeep = async () => {
    const { bytes, headers } = await make();
    const etag = await entityTag(bytes);
    const file = { bytes, headers, etag, id: crypto.randomUUID() };
    if (kept || readsPieces(request)) files.keep(address, file, milliseconds);
    return file;
  };
  return sharedMilliseconds > 0
    ? await files.makeOnce(address, makeAndKeep)
    : await makeAndKeep();
}

/**
 * The part of a file that is asked for; undefined for all of it.
 *
 * @throws {HttpError} With status 416 if the file has no such part.
 */
function wantedRange(
  request: Request,
  { bytes: { length }, etag }: AnsweredFile,
): ByteRange | undefined {
  if (!readsPieces(request)) return undefined;
  const { headers } = request;
  const tag = headers.get("if-range");
  if (tag !== null && tag !== etag) return undefined;
  const range = readRange(headers.get("range"), length);
  if (range !== "none") return range;
  throw new HttpError(
    STATUS_CODE.RangeNotSatisfiable,
    `The file has ${length} bytes, and none of those of the Range header.`,
    { ...CORS_HEADERS, "content-range": `bytes */${length}` },
  );
}
