import type { Bout, Window } from "./measure.ts";

/** One server's windows, in the order in which they were measured. */
export interface Result {
  bout: Bout;
  windows: Window[];
}

interface Row {
  title: string;
  value(result: Result): string;
}

const MICROSECONDS = 1_000_000;
const CORES = navigator.hardwareConcurrency;
/** With less left the viewers may have been what was slow. */
const BUSY_LOAD = 0.9;
/** With fewer, one garbage collection more or less would be the slope. */
const SLOPE_WINDOWS = 12;

const ROWS: Row[] = [
  {
    title: "CPU per frame and viewer, µs",
    value: (result) => microseconds(result, cpuSeconds).toFixed(2),
  },
  {
    title: "  in the program",
    value: (result) => microseconds(result, (w) => w.userSeconds).toFixed(2),
  },
  {
    title: "  in the kernel",
    value: (result) => microseconds(result, (w) => w.systemSeconds).toFixed(2),
  },
  {
    title: "  of the busiest thread",
    value: (result) => microseconds(result, (w) => w.busiestSeconds).toFixed(2),
  },
  {
    title: `frames/s for viewers, ${CORES} cores`,
    value: (result) => String(Math.round(capacity(result))),
  },
  {
    title: "CPU per viewer that comes, µs",
    value: ({ bout }) => (MICROSECONDS * bout.joinSecondsPerViewer).toFixed(0),
  },
  {
    title: "frames published",
    value: ({ windows }) => String(sum(windows, (w) => w.frames)),
  },
  {
    title: "frames a viewer got, least",
    value: ({ windows }) => String(sum(windows, (w) => w.minFrames)),
  },
  {
    title: "frames a viewer got, most",
    value: ({ windows }) => String(sum(windows, (w) => w.maxFrames)),
  },
  {
    title: "frames missed, of all viewers",
    value: ({ bout, windows }) =>
      String(
        sum(windows, (w) => w.frames * bout.reading - w.totalFrames),
      ),
  },
  {
    title: "memory without viewers, MB",
    value: ({ bout }) => (bout.baseKilobytes / 1024).toFixed(1),
  },
  {
    title: "memory per viewer, KB",
    value: ({ bout, windows }) =>
      bout.perViewer(windows.at(-1)!.kilobytes).toFixed(1),
  },
  {
    title: "  just after they came",
    value: ({ bout }) => bout.joinKilobytesPerViewer.toFixed(1),
  },
  {
    title: "memory, first, MB",
    value: ({ windows }) => (windows[0].kilobytes / 1024).toFixed(1),
  },
  {
    title: "memory, last, MB",
    value: ({ windows }) => (windows.at(-1)!.kilobytes / 1024).toFixed(1),
  },
  {
    title: "memory, slope, KB/min",
    value: ({ windows }) =>
      windows.length < SLOPE_WINDOWS
        ? "(too short)"
        : kilobytesPerMinute(windows).toFixed(0),
  },
];

/** The table of all servers, and how they compare. */
export function report(results: Result[]): string {
  const lines = [
    line("", results.map(({ bout }) => bout.contender.name)),
    ...ROWS.map(({ title, value }) => line(title, results.map(value))),
  ];
  const last = results.at(-1)!;
  const others = results.slice(0, -1);
  lines.push("", ...others.map((result) => comparison(result, last)));
  const busiest = Math.max(
    ...results.flatMap(({ windows }) => windows.map((w) => w.viewersLoad)),
  );
  if (busiest > BUSY_LOAD) {
    lines.push(
      `The viewers used ${
        (100 * busiest).toFixed(0)
      } % of a core: they, not the servers, may have been the limit.`,
    );
  }
  return lines.join("\n");
}

/** Windows next to each other in time are compared: others use the machine. */
function comparison(one: Result, other: Result): string {
  const ratios = one.windows.map((window, i) =>
    perFrame(window, cpuSeconds) / perFrame(other.windows[i], cpuSeconds)
  ).sort((a, b) => a - b);
  const [least, median, most] = [
    ratios[0],
    ratios[ratios.length >> 1],
    ratios.at(-1)!,
  ].map((ratio) => ratio.toFixed(2));
  return `CPU, ${one.bout.contender.name} by ${other.bout.contender.name}: ` +
    `${median} (median of ${ratios.length} pairs of windows; ${least} to ${most})`;
}

/**
 * Frames a second, summed over viewers, that the server could carry: by the
 * time that its busiest thread takes for one, and by that of all threads where
 * these are more than the cores.
 */
function capacity(result: Result): number {
  const busiest = microseconds(result, (w) => w.busiestSeconds);
  const all = microseconds(result, cpuSeconds);
  return MICROSECONDS / Math.max(busiest, all / CORES);
}

function line(title: string, values: string[]): string {
  return [title.padEnd(32), ...values.map((value) => value.padStart(18))]
    .join("");
}

function cpuSeconds({ userSeconds, systemSeconds }: Window): number {
  return userSeconds + systemSeconds;
}

function perFrame(window: Window, seconds: (window: Window) => number): number {
  return seconds(window) / window.totalFrames;
}

function microseconds(
  { windows }: Result,
  seconds: (window: Window) => number,
): number {
  return MICROSECONDS * sum(windows, seconds) /
    sum(windows, (w) => w.totalFrames);
}

function sum(windows: Window[], value: (window: Window) => number): number {
  return windows.reduce((total, window) => total + value(window), 0);
}

/** The slope of the straight line through the memory of the later half. */
function kilobytesPerMinute(windows: Window[]): number {
  const later = windows.slice(Math.floor(windows.length / 2));
  const meanTime = sum(later, (w) => w.atSeconds) / later.length;
  const meanMemory = sum(later, (w) => w.kilobytes) / later.length;
  const spread = sum(later, (w) => (w.atSeconds - meanTime) ** 2);
  const product = sum(
    later,
    (w) => (w.atSeconds - meanTime) * (w.kilobytes - meanMemory),
  );
  return spread === 0 ? 0 : 60 * product / spread;
}
