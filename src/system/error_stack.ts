import { areSpare } from "./spare_descriptors.ts";

/**
 * Deno needs one descriptor to read a stack; other code takes some meanwhile.
 */
const STACK_DESCRIPTORS = 4;

/**
 * The stack of an error; undefined where there is no file descriptor to read
 * it with: Deno would end the whole program.
 */
export function stackOf(error: Error): string | undefined {
  return areSpare(STACK_DESCRIPTORS) ? error.stack : undefined;
}

/** The text of `Deno.inspect`, without stacks where none can be read. */
export function inspect(value: unknown): string {
  return areSpare(STACK_DESCRIPTORS) ? Deno.inspect(value) : String(value);
}
