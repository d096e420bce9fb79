import { GifError } from "../gif/gif_error.ts";
import { errorMessage } from "../system/error_message.ts";

const ADVICE = "; ffmpeg writes GIF frames with " +
  '"-f image2 -c:v gif -gifimage 1 folder/in%d.gif"';

/** An error's message; if the data is in another format, with advice on GIF. */
export function withGifAdvice(error: unknown): string {
  const isOther = error instanceof GifError && error.format !== undefined;
  return errorMessage(error) + (isOther ? ADVICE : "");
}
