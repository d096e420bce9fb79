import { concat } from "@std/bytes/concat";
import { encodePictures } from "../../encoding/encode_pictures.ts";
import type { FolderFrame } from "../../encoding/file_frame.ts";
import type { SourcePicture } from "../../encoding/frame_source.ts";
import { requirePictureFormat } from "../../image/image_file.ts";
import { bodyBeginning } from "../../source/body_kind.ts";
import { FrameBody } from "../../source/frame_body.ts";
import { sentFrames } from "../../source/sent_frames.ts";
import { errorMessage } from "../../system/error_message.ts";
import { encodingOf, pictureSizeOf } from "./encoding.ts";
import type { SourceContext } from "./source_context.ts";
import { playVideo } from "./play_video.ts";

/** As in a folder. */
const MAX_FRAME_BYTES = 32 * 1024 * 1024;
/** A program may be silent for as long as it likes: 24 days. */
const NEVER_MILLISECONDS = 2 ** 31 - 1;

/** The origin of bytes, as far as it is known. */
export interface BytesOrigin {
  /** The name of their origin, for messages. */
  name: string;
  /** True if pictures in a container are not to be held back. */
  live: boolean;
}

/**
 * The pictures of bytes that a program writes: GIF, JPEG or PNG files one after
 * another, or a multipart body of them, as they may be sent to a channel.
 * Anything else, as H.264 or MPEG-TS, is given to ffmpeg.
 *
 * @throws {Error} If there are none.
 */
export async function* bytePictures(
  bytes: ReadableStream<Uint8Array>,
  { name, live }: BytesOrigin,
  context: SourceContext,
): AsyncGenerator<SourcePicture, void> {
  const chunks = bytes[Symbol.asyncIterator]();
  const head = await beginningOf(chunks);
  if (head.length === 0) throw new Error(`Cannot read ${name}: nothing came`);
  const whole = ReadableStream.from(chain(head, chunks));
  const { filter, inputArguments } = context.options;
  const beginning = bodyBeginning(head);
  if (
    beginning === "unknown" || filter !== undefined || inputArguments.length > 0
  ) {
    const isLive = live || beginsRaw(head);
    yield* playVideo(name, context, { bytes: whole, live: isLive });
    return;
  }
  yield* encoded(whole, name, context);
}

function encoded(
  bytes: ReadableStream<Uint8Array>,
  name: string,
  { options, events, jpegs }: SourceContext,
): AsyncGenerator<SourcePicture, void> {
  const body = new FrameBody(bytes, {
    maxFrameBytes: MAX_FRAME_BYTES,
    silenceMilliseconds: NEVER_MILLISECONDS,
  });
  return encodePictures(framesOf(body, name, events.onWarning), {
    jpegs,
    size: pictureSizeOf(options),
    encoding: {
      ...events,
      ...encodingOf(options),
      onUnchanged: ({ wasPublished }) => {
        // A JPEG that was handed on is counted.
        if (!wasPublished) events.onUnchanged();
      },
    },
    onError: (_, error) => events.onWarning(`${name}: ${errorMessage(error)}`),
    onLeave: () => {},
  });
}

async function* framesOf(
  body: FrameBody,
  name: string,
  onWarning: (message: string) => void,
): AsyncGenerator<FolderFrame> {
  const warn = (message: string) => onWarning(`${name}: ${message}`);
  for await (
    const { timestampMilliseconds, ...sent } of sentFrames(body, warn)
  ) {
    if ("gif" in sent) yield { frame: sent.gif, timestampMilliseconds };
    else {
      const { picture: file } = sent;
      const picture = { format: requirePictureFormat(file), bytes: file };
      yield { picture, timestampMilliseconds };
    }
  }
}

/** As many bytes as tell what they are, or all. */
async function beginningOf(
  chunks: AsyncIterator<Uint8Array>,
): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0);
  do {
    const { done, value } = await chunks.next();
    if (done) return head;
    head = concat([head, value]);
  } while (head.length === 0 || bodyBeginning(head) === "more");
  return head;
}

async function* chain(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield head;
    for (let r = await rest.next(); !r.done; r = await rest.next()) {
      yield r.value;
    }
  } finally {
    await rest.return?.();
  }
}

/** True for H.264 and the like without a container: no time is in it. */
function beginsRaw(head: Uint8Array): boolean {
  const [a, b, c, d] = head;
  return a === 0 && b === 0 && (c === 1 || c === 0 && d === 1);
}
