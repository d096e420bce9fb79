/** What became of inputs. */
export interface Tally {
  /** Inputs that were tried. */
  inputs: number;
  /** Inputs of which all bytes were played. */
  valid: number;
  /** Inputs of which a frame was refused, or bytes were warned of. */
  refused: number;
  /** Inputs that nothing was shown of. */
  dark: number;
  /** Parts that viewers would get. */
  parts: number;
  /** The worst keyframe of those that need not be exact, in decibels. */
  worstDecibels: number;
  slowest: { milliseconds: number; number: number };
  /** Growth of the memory in use, in bytes, from the second quarter on. */
  grownBytes: number;
}

/** Counts before there were any inputs. */
export function emptyTally(): Tally {
  return {
    ...{ inputs: 0, valid: 0, refused: 0, dark: 0, parts: 0 },
    worstDecibels: Infinity,
    slowest: { milliseconds: 0, number: -1 },
    grownBytes: 0,
  };
}

/** Adds counts to others. */
export function addTally(sum: Tally, more: Tally): void {
  for (const name of ["inputs", "valid", "refused", "dark", "parts"] as const) {
    sum[name] += more[name];
  }
  sum.worstDecibels = Math.min(sum.worstDecibels, more.worstDecibels);
  if (more.slowest.milliseconds > sum.slowest.milliseconds) {
    sum.slowest = more.slowest;
  }
  sum.grownBytes = Math.max(sum.grownBytes, more.grownBytes);
}

/** The counts for people. */
export function tallyInWords(tally: Tally): string {
  const { inputs, valid, refused, dark, parts, slowest } = tally;
  const worst = tally.worstDecibels;
  return [
    `inputs    ${inputs}`,
    `valid     ${valid}`,
    `refused   ${refused}, in part or as a whole; ${dark} showed nothing`,
    `parts     ${parts}`,
    `worst dB  ${worst === Infinity ? "all exact" : worst.toFixed(1)}`,
    `slowest   ${slowest.milliseconds.toFixed(0)} ms, input ${slowest.number}`,
    `memory    grew by ${(tally.grownBytes / 2 ** 20).toFixed(1)} MB`,
  ].join("\n");
}
