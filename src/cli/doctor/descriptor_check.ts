import type { CliOptions } from "../options/options.ts";
import { type Finding, Findings, systemFile } from "./finding.ts";

/** Kept for sources and files, and what the program has open anyway. */
const OTHERS = 300;

/** The number of descriptors: each viewer needs one. */
export async function descriptorCheck(
  { maxViewers }: Pick<CliOptions, "maxViewers">,
): Promise<Finding[]> {
  const found = new Findings("descriptors");
  const limits = await systemFile("/proc/self/limits");
  const [, most] = limits?.match(/^Max open files +(\d+|unlimited)/m) ?? [];
  if (most === undefined) return [];
  const count = most === "unlimited" ? Infinity : Number(most);
  if (count >= maxViewers + OTHERS) {
    found.ok(`${most}, enough for ${maxViewers} viewers`);
  } else {
    found.warning(
      `${most} are enough for ${Math.max(0, count - OTHERS)} viewers, not ` +
        `for the ${maxViewers} of --max-viewers; further ones are refused`,
      `ulimit -n ${maxViewers + OTHERS}, LimitNOFILE= of a systemd unit, or ` +
        `a lower --max-viewers`,
    );
  }
  return found.all;
}
