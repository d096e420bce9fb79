import { sharedRate } from "../../channel/rendition/frame_rate.ts";
import type { PictureForm } from "../../picture/picture_form.ts";
import { numberParameter } from "./query_parameter.ts";

const MAX_WIDTH = 8192;
const MIN_FRAMES_PER_SECOND = 0.1;
const MAX_FRAMES_PER_SECOND = 100;

/**
 * How an address wants pictures: `width` in pixels, with the aspect kept and
 * never enlarged, and `quality` from 1 to 100.
 *
 * @throws {HttpError} With status 400 if a parameter is out of range.
 */
export function formParameters(
  query: URLSearchParams,
): Pick<PictureForm, "width" | "quality"> {
  const integer = true;
  return {
    width: numberParameter(query, "width", {
      min: 1,
      max: MAX_WIDTH,
      integer,
    }),
    quality: numberParameter(query, "quality", { min: 1, max: 100, integer }),
  };
}

/**
 * How many pictures a second an address wants at most, if it tells; lowered
 * to a rate that others may want, too.
 *
 * @throws {HttpError} With status 400 if it is out of range.
 */
export function rateParameter(query: URLSearchParams): number | undefined {
  const min = MIN_FRAMES_PER_SECOND, max = MAX_FRAMES_PER_SECOND;
  return sharedRate(numberParameter(query, "fps", { min, max }));
}
