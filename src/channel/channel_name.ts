/**
 * Names that channels cannot have, because addresses without a channel's name
 * begin with them.
 */
export const RESERVED_NAMES: readonly string[] = [
  "api",
  "ascii",
  "clip",
  "embed",
  "favicon",
  "frames",
  "healthz",
  "metrics",
  "openapi",
  "qr",
  "readyz",
  "snapshot",
  "state",
  "stream",
  "ws",
];

/** Pattern of a channel's name. */
export const CHANNEL_NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** Reason why a channel cannot have this name; undefined if it can. */
export function nameProblem(name: string): string | undefined {
  if (!CHANNEL_NAME.test(name)) {
    return "it must be 1 to 64 of A-Z, a-z, 0-9, _ and -";
  }
  return RESERVED_NAMES.includes(name) ? "the name is reserved" : undefined;
}

/** @throws {RangeError} If a channel cannot have this name. */
export function checkName(name: string): void {
  const problem = nameProblem(name);
  if (problem === undefined) return;
  throw new RangeError(`Cannot name channel: ${problem}: ${name}`);
}
