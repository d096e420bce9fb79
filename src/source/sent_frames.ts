import { concat } from "@std/bytes/concat";
import { IntakeError } from "../channel/intake.ts";
import { hexDigits } from "../gif/gif_error.ts";
import type { GifFrame } from "../gif/read/frame_reader.ts";
import { PictureFiles } from "../image/image_splitter.ts";
import { byteStreamFrames } from "./byte_stream_frames.ts";
import {
  type BodyBeginning,
  bodyBeginning,
  type BodyKind,
} from "./body_kind.ts";
import { frameParts, type FramePiece, type KindPiece } from "./frame_parts.ts";

/** A body as its bytes come. */
export interface BodyBytes {
  /** The bytes, in chunks of any size. */
  readonly bytes: ReadableStream<Uint8Array>;
  /** Called at the end of each frame. */
  endFrame(): void;
}

/** A frame that a client has sent: a frame of a GIF, or a JPEG or PNG file. */
export type SentFrame =
  & {
    /** The time of its last byte, in milliseconds since 1970. */
    timestampMilliseconds: number;
  }
  & ({ gif: GifFrame } | { picture: Uint8Array<ArrayBuffer> });

/**
 * The frames of a body, each as soon as its last byte is there. Only the bytes
 * tell their format, since many senders name a wrong type.
 *
 * @param body The body of the request.
 * @param onWarning Called with one line of text about bytes that cannot be
 * read.
 * @param onNothing Called at the end of a body that has nothing but heads of
 * parts, or line breaks; undefined: that is an error.
 * @throws {IntakeError} If the format is not known.
 */
export async function* sentFrames(
  body: BodyBytes,
  onWarning: (message: string) => void,
  onNothing?: () => void,
): AsyncGenerator<SentFrame> {
  const chunks = body.bytes[Symbol.asyncIterator]();
  try {
    const { beginning, bytes } = await readStart(chunks);
    if (beginning === "unknown") {
      if (onNothing !== undefined && isBreak(bytes)) return onNothing();
      throw unknownKind(bytes);
    }
    const start = { beginning, bytes };
    const frames = framesFrom(start, chunks, onWarning, onNothing);
    for await (const frame of frames) {
      body.endFrame();
      yield frame;
    }
  } finally {
    await chunks.return?.();
  }
}

/** The first bytes of a body, and what begins with them. */
export interface BodyStart<
  Beginning extends BodyBeginning = Exclude<BodyBeginning, "more">,
> {
  beginning: Beginning;
  bytes: Uint8Array;
}

/** The first bytes of a body that has frames. */
export type FramesStart = BodyStart<
  Exclude<BodyBeginning, "more" | "unknown">
>;

/** Reads until the kind of a body is known, or to its end. */
export async function readStart(
  chunks: AsyncIterator<Uint8Array>,
): Promise<BodyStart> {
  let bytes = new Uint8Array(0);
  for (;;) {
    const { done, value } = await chunks.next();
    if (done) return { beginning: "unknown", bytes };
    bytes = concat([bytes, value]);
    const beginning = bodyBeginning(bytes);
    if (beginning !== "more") return { beginning, bytes };
  }
}

/**
 * The frames of a body whose kind is known.
 *
 * @param start Its first bytes.
 * @param chunks The rest.
 * @param onWarning Called with one line of text about bytes that cannot be
 * read.
 * @param onNothing As of {@linkcode sentFrames}.
 * @throws {IntakeError} If a multipart body has no frames in its first parts.
 */
export async function* framesFrom(
  { beginning, bytes }: FramesStart,
  chunks: AsyncIterator<Uint8Array>,
  onWarning: (message: string) => void,
  onNothing?: () => void,
): AsyncGenerator<SentFrame> {
  if (beginning !== "multipart") {
    const { kind, start } = beginning;
    const content = onePart(chain(bytes.subarray(start), chunks));
    yield* kind === "gif"
      ? gifFrames(content, onWarning)
      : pictureFrames(content, onWarning);
    return;
  }
  const parts = frameParts(chain(bytes, chunks));
  const first = await parts.next();
  if (first.done) {
    if (!first.value && onNothing !== undefined) return onNothing();
    throw new IntakeError(
      "unknown-kind",
      "Cannot take frames: expected GIF, JPEG or PNG in a part of the body, " +
        "found none",
    );
  }
  const { kind } = first.value;
  const pieces = partsOfKind(kind, first.value, parts);
  yield* kind === "gif"
    // Bytes between the GIFs of a multipart body are no mistake.
    ? gifFrames(pieces, () => {})
    : pictureFrames(pieces, onWarning);
}

/** The bytes of a body without parts. */
async function* onePart(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<FramePiece> {
  for await (const content of bytes) yield { content };
}

/** The parts of the kind that the first one is of: others are left out. */
async function* partsOfKind(
  kind: BodyKind,
  first: KindPiece,
  rest: AsyncIterable<KindPiece>,
): AsyncGenerator<FramePiece> {
  yield first;
  for await (const piece of rest) if (piece.kind === kind) yield piece;
}

async function* gifFrames(
  pieces: AsyncIterable<FramePiece>,
  onWarning: (message: string) => void,
): AsyncGenerator<SentFrame> {
  // The body has its own bound, which senders are told about.
  const options = { onWarning, maxFrameBytes: Number.MAX_SAFE_INTEGER };
  const frames = byteStreamFrames(
    ReadableStream.from(contents(pieces)),
    options,
  );
  for await (const { frame: gif, timestampMilliseconds } of frames) {
    yield { gif, timestampMilliseconds };
  }
}

async function* contents(
  pieces: AsyncIterable<FramePiece>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) if ("content" in piece) yield piece.content;
}

async function* pictureFrames(
  pieces: AsyncIterable<FramePiece>,
  onWarning: (message: string) => void,
): AsyncGenerator<SentFrame> {
  const files = new PictureFiles({ onWarning });
  for await (const piece of pieces) {
    const found = "content" in piece
      ? files.push(piece.content)
      : restOf(files);
    for (const picture of found) {
      yield { picture, timestampMilliseconds: Date.now() };
    }
  }
  for (const picture of restOf(files)) {
    yield { picture, timestampMilliseconds: Date.now() };
  }
}

/** A picture that has no end, at the end of its part or of the body. */
function restOf(files: PictureFiles): Uint8Array<ArrayBuffer>[] {
  const rest = files.end();
  return rest === undefined ? [] : [rest];
}

async function* chain(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield head;
  for (let r = await rest.next(); !r.done; r = await rest.next()) yield r.value;
}

/** True for the line break behind a part, sent by itself. */
function isBreak(bytes: Uint8Array): boolean {
  return bytes.length > 0 &&
    bytes.every((byte) => byte === 0x0d || byte === 0x0a);
}

function unknownKind(bytes: Uint8Array): IntakeError {
  const [begin, ...rest] = bytes.length === 0
    ? ["nothing"]
    : [...bytes.subarray(0, 4)].map(hexDigits);
  const found = [begin, ...rest].join(" ");
  return new IntakeError(
    bytes.length === 0 ? "broken" : "unknown-kind",
    `Cannot take frames: expected GIF, JPEG or PNG, or a multipart body of ` +
      `them, found ${found}`,
  );
}
