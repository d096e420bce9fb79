import type { FramePartOptions } from "../gif/write/frame_part.ts";
import type { BroadcasterOptions } from "./broadcaster_options.ts";

/** Options of {@linkcode Channel}. */
export interface ChannelOptions extends BroadcasterOptions, FramePartOptions {
  /**
   * Time that players show each picture, in hundredths of a second, 0 to
   * 65535. With 2, the shortest that browsers honor, players show the next
   * picture as soon as it arrives; `"source"` keeps the frame's own delay.
   *
   * @default {2} for frames; parts that are published keep their own
   */
  delayCentiseconds?: number | "source";
  /**
   * The name in addresses and logs: 1 to 64 of A-Z, a-z, 0-9, _ and -, and
   * not one of {@linkcode RESERVED_NAMES}.
   *
   * @default {"live"}
   */
  name?: string;
  /**
   * The name shown to people.
   *
   * @default {name}
   */
  title?: string;
  /**
   * Reaction to a change of the picture's size, which a GIF cannot follow:
   * `end` ends the GIF of every viewer, and viewers who connect again, as the
   * viewer page does, get the new size; `place` keeps the first size, with the
   * pictures at its top left, cut off or with an empty margin.
   *
   * @default {"end"}
   */
  onResize?: "end" | "place";
  /**
   * Set to true to send unchanged pictures, too.
   *
   * @default {false}
   */
  keepUnchanged?: boolean;
  /**
   * Checks image data before it is sent. Data that is cut short or broken
   * makes browsers lose the whole stream; set it to false only if the frames
   * come from an encoder of your own.
   *
   * @default {true}
   */
  checkImages?: boolean;
  /**
   * Time for which a source goes on making a form after the last who needed it
   * has left: see {@linkcode Channel.gif} and {@linkcode Channel.jpeg}.
   *
   * @default {5000}
   */
  formLingerMilliseconds?: number;
  /**
   * Length of the past that is kept for clips, pictures and backlogs, in
   * seconds; 0 means the newest picture only.
   *
   * @default {30}
   */
  keepSeconds?: number;
}
