/** One past the last code: they have at most 12 bits. */
const MAX_CODES = 4096;

/**
 * Decodes image data as the specification has it: plain, slow, and without
 * the code that is tried.
 *
 * @param data From the minimum code size to the block terminator.
 * @param pixels How many there must be; more are no mistake.
 * @throws {Error} If there are fewer, or a code that cannot be.
 */
export function strictPixels(data: Uint8Array, pixels: number): Uint8Array {
  const [minimum] = data;
  if (minimum < 2 || minimum > 8) {
    throw new Error(`a minimum code size of ${minimum}`);
  }
  const payload = payloadOf(data);
  const output = new Uint8Array(pixels);
  const clear = 1 << minimum, end = clear + 1;
  const prefixes = new Int16Array(MAX_CODES);
  const suffixes = new Uint8Array(MAX_CODES);
  const stack = new Uint8Array(MAX_CODES + 1);
  let width = minimum + 1, next = end + 1, previous = -1, first = 0;
  let value = 0, bits = 0, at = 0, read = 0;
  while (at < pixels) {
    while (bits < width) {
      if (read === payload.length) throw new Error(`only ${at} pixels`);
      value |= payload[read++] << bits;
      bits += 8;
    }
    const code = value & (1 << width) - 1;
    value >>>= width;
    bits -= width;
    if (code === clear) {
      width = minimum + 1;
      next = end + 1;
      previous = -1;
      continue;
    }
    if (code === end) throw new Error(`the end code after ${at} pixels`);
    if (code > next || code === next && previous < 0) {
      throw new Error(`the code ${code} when ${next} is the next`);
    }
    if (code >= next && next === MAX_CODES) throw new Error(`the code ${code}`);
    let depth = 0, one = code;
    if (code === next) {
      stack[depth++] = first;
      one = previous;
    }
    while (one > end) {
      stack[depth++] = suffixes[one];
      one = prefixes[one];
    }
    first = one;
    stack[depth++] = first;
    while (depth > 0 && at < pixels) output[at++] = stack[--depth];
    if (previous >= 0 && next < MAX_CODES) {
      prefixes[next] = previous;
      suffixes[next++] = first;
      if (next === 1 << width && width < 12) width++;
    }
    previous = code;
  }
  return output;
}

function payloadOf(data: Uint8Array): Uint8Array {
  const payload = new Uint8Array(data.length);
  let length = 0;
  for (let at = 1; data[at] !== 0; at += 1 + data[at]) {
    payload.set(data.subarray(at + 1, at + 1 + data[at]), length);
    length += data[at];
  }
  return payload.subarray(0, length);
}
