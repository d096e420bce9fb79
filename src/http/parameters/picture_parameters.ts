import { sharedRate } from "../../channel/rendition/frame_rate.ts";
import { DEFAULT_QUALITY } from "../../image/default_quality.ts";
import type { PictureForm } from "../../picture/picture_form.ts";
import type { PictureSeriesOptions } from "../../picture/picture_series.ts";
import type { NumberParameter } from "./query_parameter.ts";
import { readNumber } from "./read_parameter.ts";

/** Values of all widths and heights, in pixels. */
export const SIDE = {
  type: "number",
  min: 1,
  max: 8192,
  integer: true,
} as const satisfies Omit<NumberParameter, "name" | "description">;

/** `?width=`: scales pictures down. */
export const WIDTH = {
  ...SIDE,
  name: "width",
  description:
    "Maximum width in pixels; the aspect is kept, and nothing is enlarged",
} as const satisfies NumberParameter;

/** `?quality=`: the quality of JPEGs. */
export const QUALITY = {
  type: "number",
  name: "quality",
  description: "Quality of JPEGs",
  min: 1,
  max: 100,
  integer: true,
  default: DEFAULT_QUALITY,
} as const satisfies NumberParameter;

/** `?fps=`: limits the rate of a stream. */
export const FRAMES_PER_SECOND = {
  type: "number",
  name: "fps",
  description: "Maximum pictures per second; by default no limit",
  min: 0.1,
  max: 100,
} as const satisfies NumberParameter;

/** The parameters of every stream of pictures. */
export const SERIES_PARAMETERS = [WIDTH, QUALITY, FRAMES_PER_SECOND];

/**
 * Reads the parameters {@linkcode SERIES_PARAMETERS} of a stream of pictures.
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
 * Reads the parameters {@linkcode WIDTH} and {@linkcode QUALITY} of a picture.
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
 * Reads the maximum rate of an address, lowered to one that viewers can share;
 * undefined for no limit.
 *
 * @throws {HttpError} With status 400 if it is out of range.
 */
export function readRate(query: URLSearchParams): number | undefined {
  return sharedRate(readNumber(query, FRAMES_PER_SECOND));
}
