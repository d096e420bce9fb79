import { DEVICE } from "../device_formats.ts";

/** An address, in what may be shown of it and what may not. */
export interface Address {
  scheme: string;
  /** Host and port; undefined: it is not plain which part they are. */
  host: string | undefined;
  /** A file's name, or a short number, at the end of the path. */
  name: string | undefined;
  /** What must not be shown: user and password, path, query and fragment. */
  hidden: { user: string; path: readonly string[]; rest: string };
}

const ADDRESS = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(.*)$/is;
const HOST = /^(\[[\da-f:.]+(%[\w.-]+)?\]|[\p{L}\p{N}_.-]*)(:\d{0,5})?$/iu;
/** What nobody's name or password looks like. */
const IP_ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|\[[\da-f:.]+\])(:\d{0,5})?$/i;

/** The stream of a camera, or the channel of a recorder. */
const SHORT_NUMBER = /^\d{1,3}$/;
/** No playlists: their names are often the key to a stream. */
const FILE_NAME =
  /^[\p{L}\p{N}_. -]{1,40}\.(mp4|m4v|mov|mkv|webm|avi|mpe?g|ogv|wmv|gif|webp|apng|jpe?g|png)$/iu;
/** What nobody has thought up is there to be guessed by nobody. */
const RANDOM = /(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{10}/i;

/** A path that says so, whatever is in it. */
const PLAIN_PATH = /^(\.{0,2}[/\\](?![/\\])|[a-z]:[\\/])/i;
/** Addresses of which the slashes were forgotten. */
const SCHEME = /^(https?|rtmp\w*|rtsp\w*|rtp|srt|tcp|udp|ftps?|mms\w*):/i;
/** What addresses have, and paths hardly ever. */
const ALMOST_ADDRESS = [
  /:[\\/]{2}/,
  /:[^@]*@/s,
  /^[\w.-]+:\d+[/\\]/,
  /^\d+(\.\d+){3}[:/]/,
  /[?&][^/\\=]+=/,
  /(?<![a-z])(user|usr|pass\w*|pwd|token)=/i,
];

/** What stands for parts that are not shown. */
const LEFT_OUT = "...";

/**
 * Takes an address apart; undefined if a text is none.
 *
 * An `@` after the first slash may end a password with a slash in it, or just
 * stand in the path: then only an IP address is taken for the host.
 */
export function parseAddress(text: string): Address | undefined {
  const [, scheme, authority, path, rest] = text.match(ADDRESS) ?? [];
  if (scheme === undefined) return undefined;
  const at = authority.lastIndexOf("@") + 1;
  const host = authority.slice(at);
  const isPlain = IP_ADDRESS.test(host) || !(path + rest).includes("@");
  if (!isPlain || !HOST.test(host)) {
    const hidden = { user: "", path: [], rest: authority + path + rest };
    return { scheme, host: undefined, name: undefined, hidden };
  }
  const segments = path.split("/").filter((segment) => segment !== "");
  const name = nameIn(segments.at(-1));
  if (name !== undefined) segments.pop();
  const user = authority.slice(0, at);
  return { scheme, host, name, hidden: { user, path: segments, rest } };
}

/**
 * The form in which people are shown an input: of an address neither user and
 * password, nor the query, nor what of the path may be a secret.
 *
 * @example
 * ```ts ignore
 * shownInput("rtsp://me:secret@host/live/1?key=x"); // rtsp://host/.../1
 * ```
 */
export function shownInput(input: string): string {
  const address = parseAddress(input);
  if (address !== undefined) return shownAddress(address, input);
  const [, format, graph] = input.match(DEVICE) ?? [];
  if (format !== undefined) {
    if (!holdsAddress(graph)) return input;
    return `${format}:${graph.match(/^\w*/)}${LEFT_OUT}`;
  }
  if (!isAlmostAddress(input)) return input;
  const [scheme = ""] = input.match(SCHEME) ?? [];
  return scheme + LEFT_OUT;
}

/**
 * Whether an input seems to be meant for an address, but is none; a path that
 * begins with `./` or `/` is never taken for one.
 */
export function isAlmostAddress(input: string): boolean {
  if (PLAIN_PATH.test(input) || DEVICE.test(input)) return false;
  if (parseAddress(input) !== undefined) return false;
  return [input, decoded(input)].some((text) =>
    [SCHEME, ...ALMOST_ADDRESS].some((sign) => sign.test(text))
  );
}

/**
 * A text of another program's, with each address in it in the form in which it
 * is shown.
 */
export function withShownAddresses(text: string): string {
  return text.replace(/[a-z][a-z0-9+.-]*:\/\/\S*/gi, (found) => {
    const address = found.replace(/[)}>'"`,;:.!?]+$/, "");
    return shownInput(address) + found.slice(address.length);
  });
}

/** A text in which nothing is written as `%20` any more. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return text;
  }
}

/** A part of a graph without the marks that let it stand there. */
export function unescaped(text: string): string {
  return text.replace(/[\\'"]/g, "");
}

function shownAddress(
  { scheme, host, name, hidden }: Address,
  address: string,
): string {
  if (host === undefined) return `${scheme}://${LEFT_OUT}`;
  const begin = `${scheme}://${host}`;
  const folder = hidden.path.length > 0 ? `/${LEFT_OUT}` : "";
  if (name !== undefined) return `${begin}${folder}/${name}`;
  const slash = address.slice(`${scheme}://${hidden.user}${host}`.length)
    .startsWith("/");
  return begin + (folder === "" && slash ? "/" : folder);
}

function nameIn(segment: string = ""): string | undefined {
  const name = decoded(segment);
  if (SHORT_NUMBER.test(name)) return name;
  return FILE_NAME.test(name) && !RANDOM.test(name) ? name : undefined;
}

function holdsAddress(graph: string): boolean {
  return /:\/\/|@|\?|\b(user\w*|pass\w*|pwd|token|key)=/i
    .test(unescaped(graph));
}
