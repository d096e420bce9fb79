import type { Part } from "../gif/write/frame_part.ts";

/**
 * Memory of a kept part beside its buffer: objects of 314 bytes in the heap,
 * and what the allocator needs for the buffer (650 resident, Deno 2.9).
 */
export const PART_OVERHEAD_BYTES = 640;

/** A part's buffer may be so many times as large as the part. */
const MAX_BUFFER_RATIO = 2;

/**
 * The part as it can be kept: a copy where it is a small view of a large
 * buffer, as of a file, which would be kept as a whole.
 */
export function keptPart(part: Part): Part {
  const { bytes, keyframe } = part;
  // What a copy saves must be worth another buffer.
  const most = MAX_BUFFER_RATIO * bytes.length + PART_OVERHEAD_BYTES;
  if (bytes.buffer.byteLength <= most) return part;
  // Not slice(): that of a Node.js Buffer is a view, too.
  return { bytes: new Uint8Array(bytes), keyframe };
}

/** Memory that a kept part takes, in bytes. */
export function keptBytes({ bytes }: Part): number {
  return PART_OVERHEAD_BYTES + bytes.buffer.byteLength;
}
