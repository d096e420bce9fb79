/** How a picture is to be written. */
export interface PictureForm {
  /**
   * `png` shows exactly what viewers of the GIF see; `gif` does so if it is
   * not scaled; `jpeg` has black where the GIF is transparent; `ansi` is text
   * that draws the picture in a terminal.
   */
  format: "jpeg" | "png" | "gif" | "ansi";
  /**
   * Pixels of a row, and for `ansi` the columns of the terminal; the height
   * follows from the aspect. Pictures that are narrower are not enlarged, but
   * for `ansi`.
   *
   * @default {undefined} the picture's own
   */
  width?: number;
  /**
   * From 1, fewest bytes, to 100; `png` and `ansi` do not heed it.
   *
   * @default {80}
   */
  quality?: number;
}

/** The quality of JPEG that does not name one, as of other camera servers. */
export const DEFAULT_QUALITY = 80;

/** What tells one form from another. */
export function formKey({ format, width, quality }: PictureForm): string {
  return `${format} ${width ?? ""} ${quality ?? ""}`;
}
