/** Second bytes of the markers of a JPEG file (ITU-T T.81, table B.1). */
export const Marker = {
  /** The first byte of every marker. */
  PREFIX: 0xff,
  START_OF_IMAGE: 0xd8,
  END_OF_IMAGE: 0xd9,
  START_OF_SCAN: 0xda,
  /** Data of programs, such as an index of pictures. */
  APP2: 0xe2,
} as const;

/** True for what has no length: restarts, one for private use, and no marker. */
export function isAlone(marker: number): boolean {
  return marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}
