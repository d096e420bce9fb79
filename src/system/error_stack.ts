import { areSpare } from "./spare_descriptors.ts";

/** Deno needs one to read a stack, and others take some meanwhile. */
const STACK_DESCRIPTORS = 4;

/**
 * The stack of an error; undefined where there is no file descriptor to read
 * it with: Deno would end the whole program.
 */
export function stackOf(error: Error): string | undefined {
  return areSpare(STACK_DESCRIPTORS) ? error.stack : undefined;
}

/** What `Deno.inspect` shows, but of errors no stack where there is none. */
export function inspect(value: unknown): string {
  return areSpare(STACK_DESCRIPTORS) ? Deno.inspect(value) : String(value);
}
