import { pause } from "../../timing/pause.ts";

/** Enough for any playlist; of longer ones the beginning tells. */
const MAX_BYTES = 1024 * 1024;
const TIMEOUT_MILLISECONDS = 10_000;
const POLL_MILLISECONDS = 2000;

/** True for the address or the path of an HLS playlist. */
export function isPlaylist(input: string): boolean {
  return /\.m3u8$/i.test(input.replace(/[?#].*$/s, ""));
}

/**
 * The text of a playlist; undefined: it cannot be had, or may not be read.
 *
 * @param input Its address, of http or https, or its path.
 */
export async function playlistText(
  input: string,
): Promise<string | undefined> {
  try {
    return /^https?:/i.test(input)
      ? await fetchedText(input)
      : await Deno.readTextFile(input.replace(/^file:(\/\/)?/i, ""));
  } catch {
    // ffmpeg says what is wrong with it when it opens it.
    return undefined;
  }
}

/**
 * Waits until a playlist is another one than when its input came to an end: a
 * packager was started again. One that cannot be had is waited for.
 *
 * @param before Its text at the end.
 */
export async function untilPlaylistChanges(
  input: string,
  before: string,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await pause(POLL_MILLISECONDS, signal);
    const text = await playlistText(input);
    if (text !== undefined && text !== before) return;
  }
}

async function fetchedText(address: string): Promise<string> {
  const url = new URL(address);
  const headers = new Headers();
  if (url.username !== "") {
    const user = `${decodeURIComponent(url.username)}:${
      decodeURIComponent(url.password)
    }`;
    const bytes = new TextEncoder().encode(user);
    headers.set("authorization", `Basic ${bytes.toBase64()}`);
    url.username = url.password = "";
  }
  const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
  const response = await fetch(url, { headers, signal });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`Cannot read playlist: status ${response.status}`);
  }
  const decoder = new TextDecoder();
  let text = "", bytes = 0;
  for await (const chunk of response.body!) {
    text += decoder.decode(chunk, { stream: true });
    bytes += chunk.length;
    if (bytes > MAX_BYTES) break;
  }
  return text;
}
