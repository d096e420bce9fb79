/** Longer than tests let a thread be busy. */
const SPIN_MILLISECONDS = 3000;

/**
 * Computes for longer than a thread may. Not without end: Deno 2.9 never stops
 * a thread that computes, which would slow all tests that come after.
 */
export function spin(): void {
  const end = performance.now() + SPIN_MILLISECONDS;
  while (performance.now() < end);
}
