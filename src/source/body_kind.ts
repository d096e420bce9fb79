import { PADDING } from "../gif/read/gif_sequence_reader.ts";
import { mayBegin, type Signature, SIGNATURES } from "../gif/signature.ts";

/** The format of the frames of a body, or of a part of one. */
export type BodyKind = "gif" | "pictures";

/** The kind of a body, as far as its first bytes tell. */
export type BodyBeginning =
  /** The first frame begins at `start`. */
  | { kind: BodyKind; start: number }
  /** It has parts. */
  | "multipart"
  /** The format is not known. */
  | "unknown"
  /** More bytes are needed. */
  | "more";

const KINDS: readonly [BodyKind, Signature][] = [
  ["gif", SIGNATURES.GIF],
  ["pictures", SIGNATURES.JPEG],
  ["pictures", SIGNATURES.PNG],
];

const DASH = "-".charCodeAt(0);
const LINE_FEED = "\n".charCodeAt(0);
/** Text before the first part of a multipart body, or padding. */
const MAX_BEGINNING_BYTES = 8192;

/**
 * The kind of a body by its first bytes: a GIF, a JPEG or PNG, or a multipart
 * body (RFC 2046, 5.1), in front of which there may be text.
 */
export function bodyBeginning(bytes: Uint8Array): BodyBeginning {
  const frame = frameBeginning(bytes);
  if (frame !== "unknown") return frame;
  const head = bytes.subarray(0, MAX_BEGINNING_BYTES);
  if (isBoundary(head, 0)) return "multipart";
  for (let at = 0; (at = head.indexOf(LINE_FEED, at) + 1) > 0;) {
    // In a film, these bytes are there by chance.
    if (isBoundary(head, at) && isText(head.subarray(0, at))) {
      return "multipart";
    }
  }
  return bytes.length < MAX_BEGINNING_BYTES && isText(head)
    ? "more"
    : "unknown";
}

/** The same for a part, or a body that has none. */
export function frameBeginning(
  bytes: Uint8Array,
): Exclude<BodyBeginning, "multipart"> {
  let start = 0;
  while (PADDING.has(bytes[start])) start++;
  const head = bytes.subarray(start);
  const found = KINDS.find(([, signature]) => mayBegin(head, signature));
  if (found === undefined) return "unknown";
  const [kind, signature] = found;
  if (head.length >= signature.length) return { kind, start };
  return bytes.length < MAX_BEGINNING_BYTES ? "more" : "unknown";
}

function isBoundary(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === DASH && bytes[at + 1] === DASH;
}

function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
}
