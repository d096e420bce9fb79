import { type Finding, Findings, isGranted } from "./finding.ts";

/** No program is older than its last change. */
const MADE_AT = Date.UTC(2026, 0, 1);
/** The files by which services say that the clock is synchronized. */
const SYNCHRONIZED = [
  ["/run/systemd/timesync/synchronized", "systemd-timesyncd"],
  ["/run/chrony/chronyd.pid", "chrony"],
  ["/run/chronyd.pid", "chrony"],
  ["/run/ntpd.pid", "ntpd"],
] as const;

/** The time, and what keeps it right. */
export async function clockCheck(): Promise<Finding[]> {
  const found = new Findings("clock");
  const now = new Date(), shown = now.toISOString();
  if (now.getTime() < MADE_AT) {
    found.error(
      `it is ${shown} here, before gifstream was written`,
      "set the clock: timestamps, certificates and ?at= go by it",
    );
    return found.all;
  }
  const keeper = await keeperOfTime();
  if (keeper !== undefined) found.ok(`${shown}, kept by ${keeper}`);
  else found.ok(`${shown}; nothing tells here whether it is synchronized`);
  return found.all;
}

async function keeperOfTime(): Promise<string | undefined> {
  for (const [path, name] of SYNCHRONIZED) {
    if (!isGranted({ name: "read", path })) continue;
    const info = await Deno.stat(path).catch(() => undefined);
    if (info !== undefined) return name;
  }
  return undefined;
}
