let boundary: string | undefined;

/**
 * The boundary between the parts of multipart streams (RFC 2046, 5.1.1). It is
 * long and random: the data of a picture once contained a short one.
 */
export function partBoundary(): string {
  return boundary ??= `gifstream-${crypto.randomUUID()}`;
}
