/** The longest time that a server is left alone because it says so. */
const MAX_MILLISECONDS = 600_000;

/**
 * The time for which a server asks to be left alone, in milliseconds, at most
 * ten minutes; 0 if it does not.
 *
 * @param header The value of `Retry-After` (RFC 9110, 10.2.3): seconds, or a
 * date.
 */
export function retryAfter(
  header: string | null,
  now: number = Date.now(),
): number {
  const text = header?.trim() ?? "";
  const milliseconds = /^\d+$/.test(text)
    ? 1000 * Number(text)
    : Date.parse(text) - now;
  return milliseconds > 0 ? Math.min(milliseconds, MAX_MILLISECONDS) : 0;
}
