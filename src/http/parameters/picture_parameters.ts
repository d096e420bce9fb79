import { sharedRate } from "../../channel/rendition/frame_rate.ts";
import {
  DEFAULT_QUALITY,
  type PictureForm,
} from "../../picture/picture_form.ts";
import type { PictureSeriesOptions } from "../../picture/picture_series.ts";
import type { NumberParameter } from "./query_parameter.ts";
import { readNumber } from "./read_parameter.ts";

/** `?width=`: scales pictures down. */
export const WIDTH = {
  type: "number",
  name: "width",
  description:
    "Most pixels of width, with the aspect kept; nothing is enlarged",
  min: 1,
  max: 8192,
  integer: true,
} as const satisfies NumberParameter;

/** `?quality=`: how well JPEGs show a picture. */
export const QUALITY = {
  type: "number",
  name: "quality",
  description: "Quality of JPEGs",
  min: 1,
  max: 100,
  integer: true,
  default: DEFAULT_QUALITY,
} as const satisfies NumberParameter;

/** `?fps=`: thins a stream out. */
export const FRAMES_PER_SECOND = {
  type: "number",
  name: "fps",
  description: "Most pictures a second; by default all there are",
  min: 0.1,
  max: 100,
} as const satisfies NumberParameter;

/** The parameters of every stream of pictures. */
export const SERIES_PARAMETERS = [WIDTH, QUALITY, FRAMES_PER_SECOND];

/**
 * The pictures that an address wants a stream of, by
 * {@linkcode SERIES_PARAMETERS}.
 *
 * @throws {HttpError} With status 400 if a parameter is out of range.
 */
export function readSeries(
  query: URLSearchParams,
  format: PictureForm["format"],
): PictureSeriesOptions {
  return {
    form: { format, ...readForm(query) },
    framesPerSecond: readRate(query),
  };
}

/**
 * The form in which an address wants pictures, by {@linkcode WIDTH} and
 * {@linkcode QUALITY}.
 *
 * @throws {HttpError} With status 400 if a parameter is out of range.
 */
export function readForm(
  query: URLSearchParams,
): Pick<PictureForm, "width" | "quality"> {
  return {
    width: readNumber(query, WIDTH),
    quality: readNumber(query, QUALITY),
  };
}

/**
 * The most pictures a second that an address wants, lowered to a rate that
 * others may want, too; undefined if it wants all there are.
 *
 * @throws {HttpError} With status 400 if it is out of range.
 */
export function readRate(query: URLSearchParams): number | undefined {
  return sharedRate(readNumber(query, FRAMES_PER_SECOND));
}
