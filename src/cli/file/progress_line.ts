/** Columns of the bar. */
const BAR = 24;

/** The progress of a file. */
export interface Progress {
  /** Pictures that were encoded. */
  pictures: number;
  /** Pictures that there are going to be; undefined if that is not known. */
  allPictures: number | undefined;
  bytes: number;
  /** Time since the beginning. */
  seconds: number;
  /** The pass in words, if there are several. */
  pass?: string;
}

/**
 * A line that tells how far a file is, and when it will be done.
 *
 * @example
 * ```ts ignore
 * progressLine({ pictures: 50, allPictures: 100, bytes: 2e6, seconds: 4 });
 * // "[############            ]  50 %  50 pictures  2.0 MB  4 s left"
 * ```
 */
export function progressLine(progress: Progress): string {
  const { pictures, allPictures, bytes, seconds, pass } = progress;
  const counts = `${pictures} pictures  ${bytesInWords(bytes)}`;
  const before = pass === undefined ? "" : `${pass}  `;
  if (allPictures === undefined || pictures === 0) {
    return `${before}${counts}  ${timeInWords(seconds)}`;
  }
  const share = Math.min(1, pictures / allPictures);
  const filled = Math.round(share * BAR);
  const bar = `[${"#".repeat(filled)}${" ".repeat(BAR - filled)}]`;
  const left = seconds / share - seconds;
  const percent = `${Math.floor(share * 100)}`.padStart(3);
  return `${before}${bar} ${percent} %  ${counts}  ${timeInWords(left)} left`;
}

/** Bytes as people read them. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function timeInWords(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
