let boundary: string | undefined;

/**
 * What stands between the parts of multipart streams (RFC 2046, 5.1.1): long
 * and random, since a short one was once met in a picture's data.
 */
export function partBoundary(): string {
  return boundary ??= `gifstream-${crypto.randomUUID()}`;
}
