import { areSpare } from "./spare_descriptors.ts";

/**
 * Where an error comes from; undefined if that cannot be told now: Deno reads
 * a file to find it, and ends the whole program if it cannot.
 */
export function stackOf(error: Error): string | undefined {
  return areSpare(STACK_DESCRIPTORS) ? error.stack : undefined;
}

/** More than that takes, since others take some, too. */
const STACK_DESCRIPTORS = 4;
