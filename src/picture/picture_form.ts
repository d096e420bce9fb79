/** The form of a picture. */
export interface PictureForm {
  /**
   * `png` shows exactly what viewers of the GIF see; `gif` does so if it is
   * not scaled; `jpeg` has black where the GIF is transparent; `ansi` is text
   * that draws the picture in a terminal; `scans` are the next ones of a JPEG
   * that never ends, whose size does not change.
   */
  format: "jpeg" | "png" | "gif" | "ansi" | "scans";
  /**
   * Pixels of a row, and for `ansi` the columns of the terminal; the height
   * follows from the aspect. Only `ansi` enlarges narrower pictures.
   *
   * @default {undefined} the picture's own
   */
  width?: number;
  /**
   * From 1, fewest bytes, to 100; `png`, `ansi` and `scans` ignore it.
   *
   * @default {80}
   */
  quality?: number;
}

/** A text that is the same for equal forms only. */
export function formKey({ format, width, quality }: PictureForm): string {
  return `${format} ${width ?? ""} ${quality ?? ""}`;
}

/** True for a form that asks for neither another size nor another quality. */
export function isPlain({ width, quality }: PictureForm): boolean {
  return width === undefined && quality === undefined;
}
