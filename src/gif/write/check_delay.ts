import * as spec from "../spec.ts";

/**
 * Checks an option before there is a frame.
 *
 * @throws {RangeError} If it is neither `"source"` nor 0 to 65535.
 */
export function checkDelay(
  delayCentiseconds: number | "source" = 0,
): void {
  if (delayCentiseconds === "source") return;
  const { MAX_DELAY_CENTISECONDS: max } = spec;
  if (
    Number.isInteger(delayCentiseconds) && delayCentiseconds >= 0 &&
    delayCentiseconds <= max
  ) return;
  throw new RangeError(
    `Cannot make part: delayCentiseconds must be 0 to ${max}: ${delayCentiseconds}`,
  );
}
