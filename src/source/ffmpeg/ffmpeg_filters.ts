/** Rate and size of the pictures to make. */
export interface PictureRequest {
  /** Pictures a second. */
  framesPerSecond: number;
  /**
   * Pixels of a row; undefined: from `height` and the aspect, or at most 480.
   */
  width?: number;
  /** Rows; undefined: from `width` and the aspect. */
  height?: number;
  /** The turn of pictures, as EXIF numbers orientations. */
  turn?: number;
  /** A filter of ffmpeg's, before turning and scaling. */
  filter?: string;
}

/** Largest width of pictures whose size is not given. */
const MAX_WIDTH = 480;

/**
 * Filter that stamps each picture with the time of its decoding, in
 * microseconds.
 */
const BY_ARRIVAL = "settb=AVTB,setpts=RTCTIME-RTCSTART";

/** Filters for each orientation, as EXIF numbers them. */
const TURNS: Record<number, string> = {
  2: "hflip",
  3: "hflip,vflip",
  4: "vflip",
  5: "transpose=0",
  6: "transpose=1",
  7: "transpose=3",
  8: "transpose=2",
};

/** Share of an interval by which a camera's picture may come too soon. */
const MOST_EARLY = 0.75;
/** The same for pictures of a film, whose times are rounded. */
const MOST_ROUNDED = 0.1;

/**
 * Filter that lets pictures out at their own times. After a longer pause the
 * time begins anew: the clock of the input has jumped.
 */
const AT_OWN_TIMES = "realtime=limit=120";

/** The filters from an input to the pictures that are asked for. */
export function filterGraph(
  { live, pace }: { live: boolean; pace: "arrival" | "own" | "none" },
  request: PictureRequest,
): string {
  const { framesPerSecond } = request;
  const pictures = pictureFilter(request);
  if (pace === "none") return `fps=${framesPerSecond},${pictures}`;
  if (pace === "own") {
    const rate = notTooSoon(framesPerSecond, MOST_ROUNDED);
    return [rate, pictures, AT_OWN_TIMES].join(",");
  }
  const rate = [notTooSoon(framesPerSecond, MOST_EARLY), pictures];
  return (live ? [BY_ARRIVAL, ...rate] : rate).join(",");
}

/**
 * Filter that drops pictures beyond a rate: what comes long before it is due.
 * The time when the next one is due is kept in variable 0.
 */
function notTooSoon(framesPerSecond: number, mostEarly: number): string {
  const interval = 1 / framesPerSecond;
  const isDue = `gte(t,ld(0)-${mostEarly * interval})`;
  return `select='if(${isDue},0*st(0,max(ld(0)+${interval},t))+1,0)'`;
}

/**
 * Filter for turning and size. With one side given, the other follows from the
 * aspect, including that of pixels; with both, bars fill the rest.
 */
function pictureFilter(request: PictureRequest): string {
  const { width, height, filter, turn = 1 } = request;
  const turned = [filter, TURNS[turn]]
    .filter((each) => each !== undefined && each !== "");
  return [...turned, sizeFilter(width, height)].join(",");
}

function sizeFilter(
  width: number | undefined,
  height: number | undefined,
): string {
  const ofWidth = "h='max(1,round(ow/dar))':flags=lanczos";
  if (width !== undefined && height !== undefined) {
    const fit = `min(${width}/dar,${height})`;
    return `scale=w='max(1,round(${fit}*dar))':` +
      `h='max(1,round(${fit}))':flags=lanczos,` +
      `pad=${width}:${height}:-1:-1,setsar=1`;
  }
  if (width !== undefined) return `scale=w=${width}:${ofWidth}`;
  if (height !== undefined) {
    return `scale=w='max(1,round(${height}*dar))':h=${height}:` +
      "flags=lanczos";
  }
  const natural = `w='max(1,min(${MAX_WIDTH},round(iw*sar)))'`;
  return `scale=${natural}:${ofWidth}`;
}
