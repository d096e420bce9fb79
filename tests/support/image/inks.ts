import { concat } from "@std/bytes/concat";

/** A segment of a JPEG file, or a scan with its data. */
interface Piece {
  marker: number;
  bytes: Uint8Array;
}

const SOF = 0xc0, SOI = 0xd8, EOI = 0xd9, SOS = 0xda, APP14 = 0xee;

/**
 * A JPEG file of four inks, each of which is a gray JPEG file of the same size
 * and quality, in a scan of its own.
 *
 * @param planes The files, as `cjpeg -grayscale` writes them.
 * @param transform The transform in Adobe's marker: 0 for CMYK, 2 for YCCK;
 * undefined: there is no marker.
 */
export function jpegOfInks(
  planes: readonly Uint8Array[],
  transform: number | undefined,
): Uint8Array {
  const [first, ...others] = planes.map(pieces);
  const head = first.filter(({ marker }) =>
    marker !== SOS && (marker & 0xf0) !== 0xe0
  ).map(({ marker, bytes }) =>
    marker === SOF ? ofFourComponents(bytes) : bytes
  );
  const adobe = transform === undefined ? [] : [
    Uint8Array.of(0xff, APP14, 0, 14),
    new TextEncoder().encode("Adobe"),
    Uint8Array.of(0, 100, 0, 0, 0, 0, transform),
  ];
  const scans = [first, ...others].map((of, i) =>
    // The component of the scan.
    of.find(({ marker }) => marker === SOS)!.bytes.with(5, i + 1)
  );
  return concat([
    Uint8Array.of(0xff, SOI),
    ...adobe,
    ...head,
    ...scans,
    Uint8Array.of(0xff, EOI),
  ]);
}

/** The header of a frame of one component, made one of four. */
function ofFourComponents(header: Uint8Array): Uint8Array {
  const components = [1, 2, 3, 4].flatMap((id) => [id, 0x11, 0]);
  const bytes = concat([header.subarray(0, 10), Uint8Array.from(components)]);
  return bytes.with(3, bytes.length - 2).with(9, 4);
}

/** All pieces between the beginning and the end. */
function pieces(jpeg: Uint8Array): Piece[] {
  const found: Piece[] = [];
  for (let at = 2; jpeg[at + 1] !== EOI;) {
    const marker = jpeg[at + 1];
    let end = at + 2 + (jpeg[at + 2] << 8 | jpeg[at + 3]);
    if (marker === SOS) {
      while (jpeg[end] !== 0xff || jpeg[end + 1] === 0) end++;
    }
    found.push({ marker, bytes: jpeg.subarray(at, end) });
    at = end;
  }
  return found;
}
