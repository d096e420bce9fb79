import type { Random } from "../inputs/random.ts";

/** The bytes in pieces of random lengths, each in a buffer of its own. */
export function* chunksOf(
  bytes: Uint8Array,
  random: Random,
): Generator<Uint8Array> {
  const longest = random.pick([1, 7, 40, 300, 5000]);
  for (let at = 0; at < bytes.length;) {
    const length = random.between(1, longest);
    yield bytes.slice(at, at + length);
    at += length;
  }
}
