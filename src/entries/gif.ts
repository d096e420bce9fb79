/**
 * The GIF format and an encoder for live GIF: pure functions over bytes, which
 * run wherever there are `Uint8Array` and web streams: Deno, Node, Bun,
 * workers at the edge, browsers.
 *
 * - {@linkcode encodeGif} and {@linkcode GifEncoderStream}: pixels into a
 *   finite GIF. {@linkcode GifEncoder}: pixels into the parts of a live one.
 * - {@linkcode GifPartStream}: the bytes of any GIF into parts.
 *   {@linkcode framePart} and {@linkcode streamHeader}: the same by hand.
 * - {@linkcode decodeGif} and {@linkcode Canvas}: a GIF into pixels.
 * - {@linkcode BlockReader}, {@linkcode FrameReader}, {@linkcode encodeLzw},
 *   {@linkcode decodeLzw}: the format's own levels below.
 *
 * @example Two pictures into a GIF that loops
 * ```ts
 * import { decodeGif, encodeGif } from "@x/gifstream/gif";
 * import { assertEquals } from "@std/assert";
 *
 * const red = Uint8Array.of(255, 0, 0), blue = Uint8Array.of(0, 0, 255);
 * const gif = encodeGif(
 *   [{ pixels: red, delayCentiseconds: 50 }, { pixels: blue }],
 *   { width: 1, height: 1 },
 * );
 * assertEquals([...decodeGif(gif)].length, 2);
 * ```
 *
 * @module
 */

export type {
  GifBlock,
  GifImage,
  GraphicControl,
  LogicalScreen,
} from "../gif/block.ts";
export { GifError } from "../gif/gif_error.ts";
export { interlacedRowOrder } from "../gif/interlace.ts";
export { encodeLzw } from "../gif/lzw_encode.ts";
export { decodeLzw, type LzwResult } from "../gif/lzw_decode.ts";
export {
  BlockReader,
  type BlockReaderOptions,
  PART_ROOM_BYTES,
} from "../gif/read/block_reader.ts";
export {
  FrameReader,
  type FrameReaderOptions,
  type GifFrame,
  type GifSequence,
  isKeyframe,
  paintsScreen,
} from "../gif/read/frame_reader.ts";
export {
  framePart,
  type FramePartOptions,
  type Part,
} from "../gif/write/frame_part.ts";
export { streamHeader } from "../gif/write/stream_header.ts";
export {
  GifPartStream,
  type GifPartStreamOptions,
  type ScreenPart,
} from "../gif/write/gif_part_stream.ts";
export { indexedFrame } from "../gif/write/indexed_frame.ts";
export {
  Canvas,
  type CanvasOptions,
  type PendingDisposal,
} from "../gif/canvas/canvas.ts";
export {
  type DecodedFrame,
  decodeGif,
  type DecodeGifOptions,
} from "../gif/canvas/decode_gif.ts";
export { keyframe, type KeyframeOptions } from "../gif/canvas/keyframe.ts";
export type { EncoderMode } from "../gif/encoder/effort.ts";
export { encodeGif, type EncodeGifOptions } from "../gif/encoder/encode_gif.ts";
export type { FilmEncoderOptions } from "../gif/encoder/film_encoder.ts";
export {
  FilmWriter,
  type FilmWriterOptions,
} from "../gif/encoder/film_writer.ts";
export { GifEncoder } from "../gif/encoder/gif_encoder.ts";
export type {
  Dither,
  EncodeOptions,
  GifEncoderOptions,
} from "../gif/encoder/gif_encoder_options.ts";
export {
  GifEncoderStream,
  type RawFrame,
} from "../gif/encoder/gif_encoder_stream.ts";
