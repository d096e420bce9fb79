/**
 * Random GIFs of every kind that there are, most of them valid.
 *
 * @module
 */

import { type DataFault, randomImageData } from "./image_data.ts";
import type { Random } from "./random.ts";
import { randomExtension } from "./random_extension.ts";

/** Pixels of an image that data is made for; for others it is too little. */
const MAX_DATA_PIXELS = 1 << 13;
const EDGES = [0, 1, 255, 256, 4096, 32768, 65535];
const FAULTS: readonly DataFault[] = [
  "too-few",
  "too-many",
  "too-many",
  "no-end",
  "no-end",
  "bad-code",
  "no-data",
];
/** Bytes that some writers put between GIFs. */
const PADDING = [0, 0, 0, 9, 10, 13, 32];

/** Where images are drawn, and in which colors if they have none. */
interface Ground {
  width: number;
  height: number;
  /** Bits of an index of the global table; 0 if there is none. */
  globalBits: number;
}

/** One GIF, or at times several, one after another. */
export function randomGif(random: Random): Uint8Array {
  const bytes: number[] = [];
  const gifs = random.once(8) ? random.between(2, 4) : 1;
  for (let i = 0; i < gifs; i++) {
    addGif(bytes, random);
    if (random.once(6)) bytes.push(...times(random.below(9), random, PADDING));
  }
  return Uint8Array.from(bytes);
}

/** A GIF with far more colors than a table has, all over its screen. */
export function colorfulGif(random: Random): Uint8Array {
  const side = random.between(50, 120);
  const bytes: number[] = [];
  const ground = { width: side, height: side, globalBits: 0 };
  addHeader(bytes, random, ground);
  const images = random.between(20, 70);
  for (let i = 0; i < images; i++) {
    if (random.once(3)) addControl(bytes, random, random.pick([0, 1, 2, 3]));
    const width = random.between(8, 40);
    const height = random.between(8, 40);
    const left = random.below(side - width + 1);
    const top = random.below(side - height + 1);
    addImage(bytes, random, {
      ...{ left, top, width, height, localBits: 8, codeSize: 8 },
      ...{ interlaced: false, fault: "none", plainShare: 10 },
    });
  }
  bytes.push(0x3b);
  return Uint8Array.from(bytes);
}

function addGif(bytes: number[], random: Random): void {
  const globalBits = random.once(6) ? 0 : random.between(1, 8);
  const ground = { width: side(random), height: side(random), globalBits };
  addHeader(bytes, random, ground);
  const images = random.once(40) ? 0 : 1 + random.below(random.pick([1, 3, 8]));
  for (let i = 0; i < images; i++) {
    while (random.once(4)) bytes.push(...randomExtension(random));
    if (!random.once(4)) addControl(bytes, random);
    if (random.once(20)) bytes.push(...randomExtension(random));
    addRandomImage(bytes, random, ground);
  }
  while (random.once(6)) bytes.push(...randomExtension(random));
  if (!random.once(8)) bytes.push(0x3b);
}

function addHeader(
  bytes: number[],
  random: Random,
  { width, height, globalBits }: Ground,
): void {
  bytes.push(0x47, 0x49, 0x46, 0x38, random.once(5) ? 0x37 : 0x39, 0x61);
  addU16(bytes, width, height);
  const rest = random.below(128) & ~7;
  const size = globalBits === 0 ? random.below(8) : 0x80 | globalBits - 1;
  bytes.push(rest | size, random.below(256), random.once(4) ? 49 : 0);
  if (globalBits > 0) addTable(bytes, random, globalBits);
}

function addTable(bytes: number[], random: Random, bits: number): void {
  const few = random.once(3) ? 0x80 : 0xff;
  for (let i = 0; i < 3 << bits; i++) bytes.push(random.below(256) & few);
}

function addControl(
  bytes: number[],
  random: Random,
  disposal = random.below(8),
): void {
  const transparent = random.once(2) ? 1 : 0;
  const reserved = random.once(9) ? random.below(8) << 5 : 0;
  const userInput = random.once(9) ? 2 : 0;
  const size = random.once(400) ? random.below(9) : 4;
  const fields = [reserved | disposal << 2 | userInput | transparent];
  addU16(fields, random.once(9) ? random.below(65536) : random.below(30));
  fields.push(random.once(4) ? random.below(256) : random.below(4));
  while (fields.length < size) fields.push(random.below(256));
  bytes.push(0x21, 0xf9, size, ...fields.slice(0, size), 0);
}

interface Image {
  left: number;
  top: number;
  width: number;
  height: number;
  interlaced: boolean;
  /** Bits of an index of its own table; 0 if there is none. */
  localBits: number;
  codeSize: number;
  fault: DataFault;
  /** See {@linkcode randomImageData}. */
  plainShare?: number;
}

function addRandomImage(bytes: number[], random: Random, ground: Ground): void {
  const localBits = random.once(2) ? 0 : random.between(1, 8);
  const bits = localBits || ground.globalBits || random.between(1, 8);
  addImage(bytes, random, {
    ...placeOf(random, ground),
    interlaced: random.once(4),
    localBits,
    codeSize: random.once(12) ? random.between(0, 8) : Math.max(2, bits),
    fault: random.once(14) ? random.pick(FAULTS) : "none",
  });
}

function placeOf(random: Random, { width, height }: Ground) {
  switch (random.below(8)) {
    case 0:
    case 1:
    case 2:
      return { left: 0, top: 0, width, height };
    case 3:
      return {
        left: random.below(40),
        top: random.below(40),
        width: side(random),
        height: side(random),
      };
    case 4:
      if (random.once(3)) {
        return {
          left: random.pick(EDGES),
          top: random.pick(EDGES),
          width: random.between(0, 3),
          height: random.between(0, 3),
        };
      }
  }
  const left = random.below(width), top = random.below(height);
  return {
    left,
    top,
    width: random.between(1, Math.max(1, width - left)),
    height: random.between(1, Math.max(1, height - top)),
  };
}

function addImage(bytes: number[], random: Random, image: Image): void {
  const { left, top, width, height, localBits, codeSize, fault } = image;
  bytes.push(0x2c);
  addU16(bytes, left, top, width, height);
  bytes.push(
    (localBits > 0 ? 0x80 | localBits - 1 : 0) |
      (image.interlaced ? 0x40 : 0) | (random.once(9) ? 0x20 : 0),
  );
  if (localBits > 0) addTable(bytes, random, localBits);
  const pixels = Math.min(width * height, MAX_DATA_PIXELS);
  const size = random.once(300) ? random.between(9, 12) : codeSize;
  const { plainShare } = image;
  const data = randomImageData(random, size, pixels, fault, plainShare);
  for (const byte of data) bytes.push(byte);
}

function side(random: Random): number {
  if (random.once(250)) return random.pick(EDGES);
  return random.once(8) ? random.between(1, 70) : random.between(1, 20);
}

function addU16(bytes: number[], ...values: number[]): void {
  for (const value of values) bytes.push(value & 255, value >> 8);
}

function times(count: number, random: Random, values: number[]): number[] {
  return Array.from({ length: count }, () => random.pick(values));
}
