/** The bytes that files of a format begin with. */
export type Signature = readonly number[] | Uint8Array;

/** Signatures of the two versions of GIF (GIF89a section 17). */
export const GIF_VERSIONS: readonly Uint8Array[] = ["GIF87a", "GIF89a"]
  .map((version) => new TextEncoder().encode(version));

/** Signatures of picture files. */
export const SIGNATURES = {
  /** Either version (GIF89a section 17). */
  GIF: [0x47, 0x49, 0x46, 0x38],
  /** The first marker, and the start of another (ITU-T T.81, B.1.1.3). */
  JPEG: [0xff, 0xd8, 0xff],
  /** PNG, section 5.2. */
  PNG: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
} as const satisfies Record<string, Signature>;

/** Other formats that are found in files named `.gif`. */
const OTHERS: readonly [string, Signature][] = [
  ["JPEG", SIGNATURES.JPEG],
  ["PNG", SIGNATURES.PNG],
  ["BMP", [0x42, 0x4d]],
  ["WebP or another RIFF", [0x52, 0x49, 0x46, 0x46]],
  ["Matroska or WebM", [0x1a, 0x45, 0xdf, 0xa3]],
];

/**
 * True if a signature begins at a position, as far as there are bytes: the
 * rest of it may be yet to come.
 */
export function mayBegin(
  bytes: Uint8Array,
  signature: Signature,
  at: number = 0,
): boolean {
  const length = Math.min(signature.length, bytes.length - at);
  for (let i = 0; i < length; i++) {
    if (bytes[at + i] !== signature[i]) return false;
  }
  return true;
}

/** True if a whole signature stands at a position. */
export function begins(
  bytes: Uint8Array,
  signature: Signature,
  at: number = 0,
): boolean {
  return at + signature.length <= bytes.length &&
    mayBegin(bytes, signature, at);
}

/**
 * The format of bytes that are no GIF; undefined if it is not known.
 *
 * @param head The first bytes, at least 6.
 */
export function otherFormat(head: Uint8Array): string | undefined {
  return OTHERS.find(([, signature]) => mayBegin(head, signature))?.[0];
}
