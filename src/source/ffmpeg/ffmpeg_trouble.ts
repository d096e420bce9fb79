/** Messages of ffmpeg, and what they mean for people who watch or run a camera. */
const MEANINGS: readonly [RegExp, string][] = [
  [/Connection refused/i, "nothing listens there (connection refused)"],
  [/No route to host|Network is unreachable/i, "the host is out of reach"],
  [/Failed to resolve hostname/i, "there is no host of that name"],
  [
    /\b40[13]\b.*(Unauthorized|Forbidden)/i,
    "access denied: check user, " +
    "password or token",
  ],
  [/\b404\b/, "the server has no such stream (404)"],
  [/\b5XX|\b50\d\b/i, "the server has an error of its own (5xx)"],
  [/timed out/i, "no answer came in time"],
  [/Invalid data found/i, "what is sent is no video that ffmpeg can read"],
  [
    /Input\/output error|End of file|Connection reset|Broken pipe|Immediate exit/i,
    "nobody sends: the sender has left, or has not come yet",
  ],
];

/** The beginning of the reason that is ours. */
export const NO_PICTURE = "no picture";

/** RTSP servers that send by UDP only, in ffmpeg's words. */
const REFUSES_TCP =
  /\b461\b|Nonmatching transport|Unsupported transport|Protocol not supported/i;

/**
 * The trouble with an input that is away, in words for people who do not know
 * ffmpeg; in its own words where they say more.
 */
export function troubleInWords(words: string): string {
  if (refusesTcp(words)) {
    return "the server refuses this transport: try --rtsp-transport udp";
  }
  if (words.startsWith(NO_PICTURE)) return words;
  const known = MEANINGS.find(([pattern]) => pattern.test(words));
  return known?.[1] ?? `ffmpeg: ${words}`;
}

/** True if an RTSP server refuses to send by TCP. */
export function refusesTcp(words: string): boolean {
  return REFUSES_TCP.test(words);
}
