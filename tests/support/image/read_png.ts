import { PNG } from "pngjs";
import { Buffer } from "node:buffer";

/** A PNG as another decoder reads it. */
export interface ReadPng {
  width: number;
  height: number;
  /** Red, green, blue and alpha of every pixel. */
  data: number[];
  /** True if its colors are in a palette. */
  hasPalette: boolean;
}

/** Reads a PNG file by pngjs. */
export function readPng(bytes: Uint8Array): ReadPng {
  const png = PNG.sync.read(Buffer.from(bytes));
  const { palette } = png as unknown as { palette: boolean };
  const { width, height, data } = png;
  return { width, height, data: [...data], hasPalette: palette };
}
