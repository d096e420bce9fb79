/** The end of a GIF (GIF89a section 27). */
export const TRAILER_BYTES: Uint8Array = Uint8Array.of(0x3b);

/**
 * An application extension (section 26) that has players repeat a GIF for
 * ever: Netscape's, with a loop count of 0.
 */
export const LOOP_BYTES: Uint8Array = Uint8Array.of(
  ...[0x21, 0xff, 11],
  ...new TextEncoder().encode("NETSCAPE2.0"),
  ...[3, 1, 0, 0, 0],
);
