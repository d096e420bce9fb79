import type { Channel } from "../../../channel/channel.ts";
import type { OutletContext } from "../../../channel/outlet.ts";
import type { ViewerConnection } from "../../../channel/viewers/viewer_connection.ts";
import {
  PictureOutlet,
  type PictureOutletOptions,
} from "../../../picture/picture_outlet.ts";
import type { PictureSeriesOptions } from "../../../picture/picture_series.ts";
import type { HttpError } from "../../answer/http_error.ts";
import { unavailable } from "../../answer/unavailable.ts";
import type { ChannelCall } from "../../call/call.ts";

/** A channel's stream as pictures. */
export interface PictureStream {
  /** A value that is equal for streams that look the same. */
  look: unknown;
  /** Options of the pictures. */
  series: PictureSeriesOptions;
  /** Makes the framing of the stream, for the first viewer. */
  options: (channel: Channel) => PictureOutletOptions;
}

/**
 * Lets a viewer in to a channel's stream as pictures, made once for all who
 * watch it like this.
 *
 * @param call Whose channel and server it is.
 * @param stream What is watched.
 * @param connection The way to the viewer.
 * @returns What to call when the viewer goes away by itself.
 * @throws {HttpError} If the channel is watched in too many forms.
 * @throws {TooManyViewersError} If all places are taken.
 */
export function attachPictures(
  { channel, settings }: ChannelCall,
  { look, series, options }: PictureStream,
  connection: ViewerConnection,
): () => void {
  const make = (_: Channel, context: OutletContext) => {
    const pictures = settings.pictures.series(channel, series);
    if (pictures === undefined) throw tooManyForms();
    return new PictureOutlet(pictures, context, options(channel));
  };
  return channel.attachTo(JSON.stringify([look, series]), make, connection);
}

/**
 * The format in which pictures of a channel take the fewest bytes, one by one:
 * what came as GIF, often flat graphics, is best left so, and is exact; of
 * films, JPEGs are half as large.
 */
export function bestFormat(
  { newestInfo, source }: Channel,
): "gif" | "jpeg" {
  const isFilm = newestInfo?.jpeg !== undefined || source.kind === "video";
  return isFilm ? "jpeg" : "gif";
}

function tooManyForms(): HttpError {
  return unavailable(
    "This channel is watched in too many forms at once; try again later, or " +
      "without width, fps and quality.",
    10,
  );
}
