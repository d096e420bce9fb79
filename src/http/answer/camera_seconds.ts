/**
 * A time in seconds with six decimals, as mjpg-streamer and µStreamer write it
 * into `X-Timestamp` and other headers.
 */
export function cameraSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(6);
}
