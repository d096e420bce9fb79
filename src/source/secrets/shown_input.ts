import { COMMAND_PREFIX, commandOf, programOf } from "../command_input.ts";
import { DEVICE } from "../device_formats.ts";

/** An address, split into what may be shown and what may not. */
export interface Address {
  scheme: string;
  /** Host and port; undefined: it is unclear which part they are. */
  host: string | undefined;
  /** A file name or a short number at the end of the path. */
  name: string | undefined;
  /**
   * Parts that must not be shown: user and password, path, query and fragment.
   */
  hidden: { user: string; path: readonly string[]; rest: string };
}

const ADDRESS = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(.*)$/is;
const HOST = /^(\[[\da-f:.]+(%[\w.-]+)?\]|[\p{L}\p{N}_.-]*)(:\d{0,5})?$/iu;
/** An IP address, which no name or password looks like. */
const IP_ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|\[[\da-f:.]+\])(:\d{0,5})?$/i;

/** Number of a camera's stream, or of a recorder's channel. */
const SHORT_NUMBER = /^\d{1,3}$/;
/** Names of files. No playlists: their names are often the key to a stream. */
const FILE_NAME =
  /^[\p{L}\p{N}_. -]{1,40}\.(mp4|m4v|mov|mkv|webm|avi|mpe?g|ogv|wmv|gif|webp|apng|jpe?g|png)$/iu;
/** A random name, which may be a secret. */
const RANDOM = /(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{10}/i;

/** A text that is clearly a path, whatever is in it. */
const PLAIN_PATH = /^(\.{0,2}[/\\](?![/\\])|[a-z]:[\\/])/i;
/** Addresses whose slashes were forgotten. */
const SCHEME = /^(https?|rtmp\w*|rtsp\w*|rtp|srt|tcp|udp|ftps?|mms\w*):/i;
/** Marks of addresses that paths hardly ever have. */
const ALMOST_ADDRESS = [
  /:[\\/]{2}/,
  /:[^@]*@/s,
  /^[\w.-]+:\d+[/\\]/,
  /^\d+(\.\d+){3}[:/]/,
  /[?&][^/\\=]+=/,
  /(?<![a-z])(user|usr|pass\w*|pwd|token)=/i,
];

/** Replacement for parts that are not shown. */
const LEFT_OUT = "...";

/**
 * Splits an address into its parts; undefined: the text is not an address.
 *
 * An `@` after the first slash may end a password with a slash in it, or just
 * stand in the path. In that case only an IP address counts as the host.
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
  // The last part of an RTMP address is the key of who sends.
  const name = /^rtmp/i.test(scheme) ? undefined : nameIn(segments.at(-1));
  if (name !== undefined) segments.pop();
  const user = authority.slice(0, at);
  return { scheme, host, name, hidden: { user, path: segments, rest } };
}

/**
 * The form of an input that is shown to people. Of an address it omits the
 * user, the password, the query, and the parts of the path that may be secret.
 *
 * @example
 * ```ts ignore
 * shownInput("rtsp://me:secret@host/live/1?key=x"); // rtsp://host/.../1
 * ```
 */
export function shownInput(input: string): string {
  const command = commandOf(input);
  if (command !== undefined) {
    const program = programOf(command);
    return program === command
      ? input
      : `${COMMAND_PREFIX}${program}${LEFT_OUT}`;
  }
  const address = parseAddress(input);
  if (address !== undefined) return shownAddress(address, input);
  // The whole file is in it.
  if (/^data:/i.test(input)) return `data:${LEFT_OUT}`;
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
 * True if an input seems meant as an address, but is not one. A path that
 * begins with `./` or `/` never counts as such.
 */
export function isAlmostAddress(input: string): boolean {
  if (PLAIN_PATH.test(input) || DEVICE.test(input)) return false;
  if (commandOf(input) !== undefined) return false;
  if (parseAddress(input) !== undefined) return false;
  return [input, decoded(input)].some((text) =>
    [SCHEME, ...ALMOST_ADDRESS].some((sign) => sign.test(text))
  );
}

/** Replaces each address in another program's text with its shown form. */
export function withShownAddresses(text: string): string {
  return text.replace(/[a-z][a-z0-9+.-]*:\/\/\S*/gi, (found) => {
    const address = found.replace(/[)}>'"`,;:.!?]+$/, "");
    return shownInput(address) + found.slice(address.length);
  });
}

/** Decodes `%20` and the like; returns the text as it is if that fails. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return text;
  }
}

/** Removes ffmpeg's escapes and quotes from a part of a filter graph. */
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
