/** What one viewer of a server costs. */
export interface Figures {
  /** Processor time of one part for one viewer, in µs: of any part ... */
  clientFrameMicroseconds: number;
  /** ... and of each kilobyte of it. */
  kilobyteMicroseconds: number;
  /** Processor time of one viewer that comes, in µs. */
  joinMicroseconds: number;
  /** Memory of one viewer. */
  viewerKilobytes: number;
}

/** Servers that hold viewers. */
export type ServerName = "deno" | "node" | "nginx";

/**
 * Measured by `deno task bench:fanout` with parts of 4 kB and, for what a
 * kilobyte costs, with `--bytes 16384`: see docs/measured.md.
 */
export const MEASURED: Readonly<Record<ServerName, Figures>> = {
  deno: {
    clientFrameMicroseconds: 11.7,
    kilobyteMicroseconds: 0.27,
    joinMicroseconds: 245,
    viewerKilobytes: 89,
  },
  node: {
    clientFrameMicroseconds: 8.5,
    kilobyteMicroseconds: 0.2,
    joinMicroseconds: 165,
    viewerKilobytes: 15,
  },
  nginx: {
    clientFrameMicroseconds: 8.3,
    kilobyteMicroseconds: 0.22,
    joinMicroseconds: 30,
    viewerKilobytes: 10,
  },
};
