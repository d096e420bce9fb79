import { STATUS_CODE } from "@std/http/status";
import type { OutletContext } from "../channel/outlet.ts";
import type { ViewerConnection } from "../channel/viewer_connection.ts";
import {
  PictureOutlet,
  type PictureStreamOptions,
} from "../picture/picture_outlet.ts";
import type { ChannelCall } from "./call.ts";
import { HttpError } from "./http_error.ts";

/**
 * Lets a viewer in to a channel's stream as pictures, made once for all who
 * watch it in that form.
 *
 * @param call Whose channel and server it is.
 * @param form What tells this form of the stream from others.
 * @param options Makes it, for the first viewer.
 * @param connection The way to the viewer.
 * @returns What to call when the viewer goes away by itself.
 * @throws {HttpError} If the channel is watched in too many forms.
 * @throws {TooManySubscribersError} If all places are taken.
 */
export function attachPictures(
  { channel, settings }: ChannelCall,
  form: string,
  options: () => PictureStreamOptions,
  connection: ViewerConnection,
): () => void {
  const make = (_: unknown, context: OutletContext) => {
    const { pictures } = settings;
    const leave = pictures.enterStream(channel);
    if (leave === undefined) throw tooManyForms();
    const { thread } = pictures;
    return new PictureOutlet(channel, context, thread, leave, options());
  };
  return channel.attachTo(form, make, connection);
}

function tooManyForms(): HttpError {
  return new HttpError(
    STATUS_CODE.ServiceUnavailable,
    "This channel is watched in too many forms at once; try again later, or " +
      "without width, fps and quality.",
    { "retry-after": "10" },
  );
}
