import { concat } from "@std/bytes/concat";
import { FfmpegProcess } from "./ffmpeg_process.ts";

/** Most pixels of the still, as ffmpeg bounds them. */
const MAX_PIXELS = 2 ** 25;
/** Time for ffmpeg, which reads a still in a tenth of a second. */
const DEADLINE_MILLISECONDS = 20_000;

/**
 * Makes a PNG file of a still picture in any format that ffmpeg reads from a
 * pipe, as WebP, BMP or TIFF.
 *
 * @param still The whole file.
 * @param signal Ends ffmpeg.
 * @throws {Error} If it cannot be read, with ffmpeg's words, or takes too long.
 */
export async function stillPng(
  still: Uint8Array,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const ffmpeg = await FfmpegProcess.start(
    [
      ...["-hide_banner", "-nostats", "-loglevel", "error"],
      ...["-protocol_whitelist", "pipe", "-max_pixels", `${MAX_PIXELS}`],
      ...["-i", "pipe:0", "-map", "0:v:0", "-frames:v", "1"],
      ...["-c:v", "png", "-compression_level", "1", "-f", "image2pipe"],
      "pipe:1",
    ],
    (words) => words,
    ReadableStream.from([still]),
  );
  const stop = () => ffmpeg.stop("it took too long");
  const timer = setTimeout(stop, DEADLINE_MILLISECONDS);
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of ffmpeg.stdout) chunks.push(chunk);
    const { success, reason } = await ffmpeg.end();
    if (success && chunks.length > 0) return concat(chunks);
    throw new Error(`Cannot read picture: ffmpeg: ${reason}`);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    ffmpeg.stop();
    await ffmpeg.end();
  }
}
