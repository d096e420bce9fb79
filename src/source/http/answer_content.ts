import type { BodyStart, FramesStart } from "../sent_frames.ts";
import { HttpClientError } from "./http_client.ts";

/** Content that is left to ffmpeg. */
export const FILM = "film";

/** A picture in a format that ffmpeg makes a PNG file of. */
export interface StillStart {
  beginning: "still";
  bytes: Uint8Array;
}

/** Types whose pictures are found in bytes that begin with anything. */
const PICTURE_TYPE = /^(multipart\/|image\/(jpe?g|pjpeg|png)$)/;
/** Types of stills that are neither JPEG nor PNG; SVG is text. */
const STILL_TYPE =
  /^image\/(webp|avif|heic|heif|bmp|x-(ms-)?bmp|tiff|jp2|jxl)$/;
const WEBP = /^RIFF[^]{4}WEBP/;
/** Playlists, which are text, too. */
const PLAYLIST_TYPE = /mpegurl|dash\+xml|sdp|smil/;
const PLAYLIST = /^\s*#EXTM3U|<MPD\b|^v=0\r?\n/;
/** Bytes that tell text from films. */
const TELLING_BYTES = 512;

/**
 * Finds out what the body of an answer holds: its bytes tell, and where they do
 * not, as its type says.
 *
 * @param start The first bytes.
 * @param type The media type.
 * @throws {HttpClientError} If it holds text, as a page to log in on does.
 */
export function contentOf(
  { beginning, bytes }: BodyStart,
  type: string,
): FramesStart | StillStart | typeof FILM {
  const text = new TextDecoder().decode(bytes.subarray(0, TELLING_BYTES));
  if (PLAYLIST_TYPE.test(type) || PLAYLIST.test(text)) return FILM;
  if (beginning !== "unknown") return { beginning, bytes };
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 12));
  if (bytes.length > 0 && (STILL_TYPE.test(type) || WEBP.test(head))) {
    return { beginning: "still", bytes };
  }
  const sent = type === "" ? "no type" : type;
  if (bytes.length === 0) {
    throw new HttpClientError(`it answers without any bytes (${sent})`);
  }
  // deno-lint-ignore no-control-regex
  const isText = !/[\0-\x08\x0e-\x1f\ufffd]/.test(text);
  if (isText) {
    throw new HttpClientError(
      `it answers with text (${sent}): expected pictures or a video`,
    );
  }
  if (!PICTURE_TYPE.test(type)) return FILM;
  return { beginning: { kind: "pictures", start: 0 }, bytes };
}
