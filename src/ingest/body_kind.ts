import { PADDING } from "../gif/read/gif_sequence_reader.ts";
import { mayBegin, type Signature, SIGNATURES } from "../gif/signature.ts";

/** The format of the frames of a body. */
export type BodyKind = "gif" | "pictures";

/** The kind of a body, as far as its first bytes tell. */
export type BodyBeginning =
  /** The first frame begins at `start`. */
  | { kind: BodyKind; start: number }
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
const RETURN = "\r".charCodeAt(0);
const MAX_HEAD_BYTES = 8192;

/**
 * The kind of a body by its first bytes: a GIF, a JPEG or PNG, or a multipart
 * body (RFC 2046, 5.1) whose first part is one of them.
 */
export function bodyBeginning(bytes: Uint8Array): BodyBeginning {
  const start = afterPadding(bytes, 0);
  if (bytes.length - start < 2) return moreOrUnknown(bytes);
  if (bytes[start] !== DASH || bytes[start + 1] !== DASH) {
    return frameAt(bytes, start);
  }
  const end = headersEnd(bytes, start);
  return end === undefined
    ? moreOrUnknown(bytes)
    : frameAt(bytes, afterPadding(bytes, end));
}

function frameAt(bytes: Uint8Array, start: number): BodyBeginning {
  const head = bytes.subarray(start);
  const found = KINDS.find(([, signature]) => mayBegin(head, signature));
  if (found === undefined) return "unknown";
  const [kind, signature] = found;
  return head.length < signature.length
    ? moreOrUnknown(bytes)
    : { kind, start };
}

function afterPadding(bytes: Uint8Array, start: number): number {
  while (PADDING.has(bytes[start])) start++;
  return start;
}

/** The position after the empty line that ends a part's headers. */
function headersEnd(bytes: Uint8Array, start: number): number | undefined {
  for (let at = bytes.indexOf(LINE_FEED, start); at >= 0;) {
    const next = bytes[at + 1] === RETURN ? at + 2 : at + 1;
    if (bytes[next] === LINE_FEED) return next + 1;
    at = bytes.indexOf(LINE_FEED, at + 1);
  }
  return undefined;
}

function moreOrUnknown(bytes: Uint8Array): "more" | "unknown" {
  return bytes.length < MAX_HEAD_BYTES ? "more" : "unknown";
}
