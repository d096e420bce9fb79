import { concat } from "@std/bytes/concat";
import { IntakeError } from "../channel/intake.ts";
import { hexDigits } from "../gif/gif_error.ts";
import type { GifFrame } from "../gif/read/frame_reader.ts";
import { PictureFiles } from "../image/image_splitter.ts";
import { byteStreamFrames } from "../source/byte_stream_frames.ts";
import { bodyBeginning } from "./body_kind.ts";

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
 * @throws {IntakeError} If the format is not known.
 */
export async function* sentFrames(
  body: BodyBytes,
  onWarning: (message: string) => void,
): AsyncGenerator<SentFrame> {
  const chunks = body.bytes[Symbol.asyncIterator]();
  try {
    const { kind, head, isBare } = await readBeginning(chunks);
    const bytes = chain(head, chunks);
    const frames = kind === "gif"
      // Bytes between the parts of a multipart body are no mistake.
      ? gifFrames(bytes, isBare ? onWarning : () => {})
      : pictureFrames(bytes, onWarning);
    for await (const frame of frames) {
      body.endFrame();
      yield frame;
    }
  } finally {
    await chunks.return?.();
  }
}

async function* gifFrames(
  bytes: AsyncIterable<Uint8Array>,
  onWarning: (message: string) => void,
): AsyncGenerator<SentFrame> {
  // The body has its own bound, which senders are told about.
  const options = { onWarning, maxFrameBytes: Number.MAX_SAFE_INTEGER };
  const frames = byteStreamFrames(ReadableStream.from(bytes), options);
  for await (const { frame: gif, timestampMilliseconds } of frames) {
    yield { gif, timestampMilliseconds };
  }
}

async function* pictureFrames(
  bytes: AsyncIterable<Uint8Array>,
  onWarning: (message: string) => void,
): AsyncGenerator<SentFrame> {
  const files = new PictureFiles({ onWarning });
  for await (const chunk of bytes) {
    for (const picture of files.push(chunk)) {
      yield { picture, timestampMilliseconds: Date.now() };
    }
  }
  files.end();
}

/** Reads until the kind of the body is known. */
async function readBeginning(chunks: AsyncIterator<Uint8Array>) {
  let bytes = new Uint8Array(0);
  for (;;) {
    const { done, value } = await chunks.next();
    if (done) throw unknownKind(bytes);
    bytes = concat([bytes, value]);
    const beginning = bodyBeginning(bytes);
    if (beginning === "more") continue;
    if (beginning === "unknown") throw unknownKind(bytes);
    const { kind, start } = beginning;
    return { kind, head: bytes.subarray(start), isBare: start === 0 };
  }
}

async function* chain(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield head;
  for (let r = await rest.next(); !r.done; r = await rest.next()) yield r.value;
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
