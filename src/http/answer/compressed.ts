import { acceptsEncodings } from "@std/http/negotiation";

/** Less than a packet is not worth the work. */
const LEAST_LENGTH = 1400;

/**
 * A text as the body of an answer, compressed if its client takes that.
 *
 * @param headers The answer's headers, which are told of it.
 */
export function compressed(
  request: Request,
  text: string,
  headers: Headers,
): BodyInit {
  if (text.length < LEAST_LENGTH) return text;
  headers.append("vary", "accept-encoding");
  const isTold = request.headers.has("accept-encoding");
  if (!isTold || acceptsEncodings(request, "gzip", "identity") !== "gzip") {
    return text;
  }
  headers.set("content-encoding", "gzip");
  return new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
}
