import type { FramePartOptions } from "../gif/write/frame_part.ts";
import type { BroadcasterOptions } from "./broadcaster.ts";

/** Options of {@linkcode Channel}. */
export interface ChannelOptions extends BroadcasterOptions, FramePartOptions {
  /**
   * Time that players show each picture for, in hundredths of a second, 0 to
   * 65535. With 2, the shortest that browsers honor, they take the next
   * picture as soon as it arrives; `"source"` keeps the frame's own.
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
   * What people are shown as its name.
   *
   * @default {name}
   */
  title?: string;
  /**
   * What to do when the size of the picture changes, which a GIF cannot:
   * `end` ends the GIF of those who watch, and gives the new size to who
   * comes back, as the viewer page does; `place` goes on with the first size,
   * the pictures at its top left, cut off or with an empty margin.
   *
   * @default {"end"}
   */
  onResize?: "end" | "place";
  /**
   * Whether a picture equal to the one before it is sent all the same.
   *
   * @default {false}
   */
  keepUnchanged?: boolean;
  /**
   * Whether image data is checked before it is sent. Data that is cut short
   * or broken makes browsers lose the whole stream; set it to false only
   * where frames come from an encoder of your own.
   *
   * @default {true}
   */
  checkImages?: boolean;
  /**
   * How far back the past can be looked at, in seconds, as clips, pictures
   * and backlogs; 0 means the newest picture only.
   *
   * @default {30}
   */
  keepSeconds?: number;
}
