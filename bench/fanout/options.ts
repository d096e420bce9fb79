import { parseArgs } from "@std/cli/parse-args";
import { LEAST_PART_BYTES } from "./frame.ts";

/** What is measured. */
export interface FanoutOptions {
  /** Viewers of each server, those that stop reading among them. */
  viewers: number;
  framesPerSecond: number;
  /** Most bytes of a part. */
  bytes: number;
  /** For how long frames are published by each server. */
  seconds: number;
  /** The share of the viewers that stop reading, 0 to less than 1. */
  stopped: number;
  /** Workers of each server: threads of gifstream, processes of nginx. */
  workers: number;
  /** Whether gifstream is measured without Nchan beside it. */
  alone: boolean;
}

/** What `--help` prints. */
export const HELP = `Fan-out: what a viewer costs, beside nginx with Nchan

deno run -A bench/fanout/main.ts [options]

  --viewers 2000   viewers of each server, on this machine
  --fps 10         frames a second
  --bytes 4096     most bytes of a part
  --seconds 20     for how long each server publishes
  --stopped 0      share of the viewers that stop reading, as 0.1
  --workers 1      workers of each server; beside them, gifstream with one
  --alone          gifstream alone, as with --seconds 600 for memory over time
  --help`;

const NUMBERS = {
  viewers: "2000",
  fps: "10",
  bytes: "4096",
  seconds: "20",
  stopped: "0",
  workers: "1",
};

/**
 * Reads the command line.
 *
 * @throws {RangeError} If an option is unknown or out of range.
 */
export function parseOptions(args: string[]): FanoutOptions | "help" {
  const parsed = parseArgs(args, {
    string: Object.keys(NUMBERS),
    boolean: ["alone", "help"],
    default: NUMBERS,
    unknown: (arg) => {
      throw new RangeError(`Cannot measure: unknown option: ${arg}`);
    },
  });
  if (parsed.help) return "help";
  const options: FanoutOptions = {
    viewers: Number(parsed.viewers),
    framesPerSecond: Number(parsed.fps),
    bytes: Number(parsed.bytes),
    seconds: Number(parsed.seconds),
    stopped: Number(parsed.stopped),
    workers: Number(parsed.workers),
    alone: parsed.alone,
  };
  const { viewers, framesPerSecond, bytes, seconds, stopped, workers } =
    options;
  check("--viewers", viewers, Number.isInteger(viewers) && viewers > 0);
  check("--fps", framesPerSecond, framesPerSecond > 0);
  check("--bytes", bytes, Number.isInteger(bytes) && bytes >= LEAST_PART_BYTES);
  check("--seconds", seconds, seconds * framesPerSecond >= 1);
  check("--workers", workers, Number.isInteger(workers) && workers > 0);
  check("--stopped", stopped, stopped >= 0 && stopped < 1);
  return options;
}

function check(name: string, value: number, isGood: boolean): void {
  if (isGood) return;
  throw new RangeError(`Cannot measure: ${name} is out of range: ${value}`);
}
