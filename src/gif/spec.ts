/**
 * Numbers of the GIF format, each with the section of the GIF89a
 * specification (CompuServe, 1990) that it comes from.
 *
 * @module
 */

/** Bytes of the signature and version, `GIF87a` or `GIF89a` (section 17). */
export const SIGNATURE_BYTES = 6;
/** Bytes of the header and logical screen descriptor (sections 17, 18). */
export const SCREEN_BYTES = 13;
/** Bytes of an image descriptor with its separator (section 20). */
export const DESCRIPTOR_BYTES = 10;
/** Bytes of a graphic control extension, all of it (section 23). */
export const GRAPHIC_CONTROL_BYTES = 8;
/** The longest side of a screen or an image that fits its 16 bits (18, 20). */
export const MAX_SIDE_PIXELS = 65535;
/** Bytes of the largest color table, 256 colors (sections 19, 21). */
export const MAX_TABLE_BYTES = 768;

/** Label that introduces every extension (sections 23 to 26). */
export const EXTENSION_INTRODUCER = 0x21;
/** Label that introduces an image descriptor, `,` (section 20). */
export const IMAGE_SEPARATOR = 0x2c;
/** Label of the last byte of a GIF, `;` (section 27). */
export const TRAILER = 0x3b;

/** Extension label of a graphic control (section 23). */
export const GRAPHIC_CONTROL_LABEL = 0xf9;
/** Extension label of a comment (section 24). */
export const COMMENT_LABEL = 0xfe;
/** Extension label of an application's own data (section 26). */
export const APPLICATION_LABEL = 0xff;

/** Packed field of a screen or an image: a color table follows (18, 20). */
export const TABLE_FLAG = 0x80;
/** Packed field of a screen or an image: log2(table entries) - 1 (18, 20). */
export const TABLE_SIZE_MASK = 0x07;
/** Packed field of an image: rows are interlaced (section 20). */
export const INTERLACE_FLAG = 0x40;
/** Packed field of an image: table sorted by importance (section 20). */
export const SORT_FLAG = 0x20;

/** Packed field of a graphic control: where disposal begins (section 23). */
export const DISPOSAL_SHIFT = 2;
/** Disposal method, after the shift (section 23). */
export const DISPOSAL_MASK = 0x07;
/** Disposal method: the image stays. */
export const DO_NOT_DISPOSE = 1;
/** Disposal method: clear the image's rectangle (section 23). */
export const RESTORE_TO_BACKGROUND = 2;
/** Disposal method: put back what the image covered (section 23). */
export const RESTORE_TO_PREVIOUS = 3;
/** Packed field of a graphic control: wait for user input (section 23). */
export const USER_INPUT_FLAG = 0x02;
/** Packed field of a graphic control: an index is transparent (section 23). */
export const TRANSPARENT_FLAG = 0x01;

/**
 * Smallest LZW minimum code size of GIF, also for an image of two colors
 * (22). Some writers did not know: all decoders take 1, but for Firefox, and
 * Chromium takes 0.
 */
export const MIN_LZW_CODE_SIZE = 2;
/** Largest LZW minimum code size of an 8-bit image (appendix F). */
export const MAX_LZW_CODE_SIZE = 8;

/**
 * The shortest delay that browsers honor, in hundredths of a second: they
 * show a frame of 0 or 1 for 10.
 */
export const MIN_DELAY_CENTISECONDS = 2;
/** The longest delay that fits its 16 bits (section 23). */
export const MAX_DELAY_CENTISECONDS = 65535;

/** Bytes of a color table, by the packed field that announces it. */
export function colorTableBytes(packed: number): number {
  return packed & TABLE_FLAG ? 3 << ((packed & TABLE_SIZE_MASK) + 1) : 0;
}

/** The 3-bit size field of a table of so many bytes, rounded up. */
export function colorTableSizeField(tableBytes: number): number {
  const entries = Math.max(2, Math.ceil(tableBytes / 3));
  return 31 - Math.clz32(entries - 1);
}
