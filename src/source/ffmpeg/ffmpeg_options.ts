import type { SourceEvents } from "../../encoding/frame_source.ts";
import type { RtspTransport } from "./ffmpeg_arguments.ts";

/** Options of {@linkcode ffmpegFrames}. */
export interface FfmpegOptions extends SourceEvents {
  /**
   * Pictures a second, above 0, up to 50.
   *
   * @default {10}
   */
  framesPerSecond?: number;
  /**
   * Pixels of a row, 1 to 65535. Without a height, that follows from the
   * aspect.
   *
   * @default {undefined} the input's own, 480 at most
   */
  width?: number;
  /**
   * Rows, 1 to 65535; with `width`, black bars fill the rest.
   *
   * @default {undefined} from the width and the aspect
   */
  height?: number;
  /**
   * The turn of pictures, as EXIF numbers orientations: 6 is a quarter to the
   * right, 2 mirrors left and right.
   *
   * @default {1} not at all
   */
  turn?: number;
  /**
   * A filter of ffmpeg's for the pictures, as in `eq=brightness=0.1`, before
   * they are turned and scaled.
   *
   * @default {undefined}
   */
  filter?: string;
  /**
   * Restarts at the end of a file.
   *
   * @default {false}
   */
  loop?: boolean;
  /**
   * Options that ffmpeg opens the input with, one argument each.
   *
   * @default {[]}
   */
  inputArguments?: readonly string[];
  /**
   * Bytes that ffmpeg reads instead of opening the input, whose name is then only
   * shown. It is read once.
   *
   * @default {undefined}
   */
  bytes?: ReadableStream<Uint8Array>;
  /**
   * True: pictures of `bytes` go out as they come, as a camera's; otherwise at
   * their own times, as a film's.
   *
   * @default {false}
   */
  live?: boolean;
  /**
   * Transport of an RTSP camera.
   *
   * @default {undefined} TCP, and UDP where the camera refuses that
   */
  rtspTransport?: RtspTransport;
  /**
   * Milliseconds without a picture after which ffmpeg is restarted: never less
   * than the time of three pictures, nor than two and a half of the longest
   * intervals of late. The first picture has five times as long.
   *
   * @default {15000}
   */
  stallTimeoutMilliseconds?: number;
  /**
   * Largest number of pixels in a picture.
   *
   * @default {33554432}
   */
  maxPixels?: number;
  /**
   * Called with the number of pictures dropped because they came too fast, each
   * time.
   */
  onDrop?: (frames: number) => void;
  /**
   * Called when the pictures stop for a known reason: the input is away, and
   * tried again.
   */
  onLost?: () => void;
  /** Ends ffmpeg and the iteration. */
  signal?: AbortSignal;
}
