import { GifError } from "../gif/gif_error.ts";
import { type GifFrame, isKeyframe } from "../gif/read/frame_reader.ts";
import { PictureError, type PictureFile } from "../image/image_file.ts";
import type { PixelFrame } from "./pixel_frame.ts";
import type { SourceFrame } from "./frame_source.ts";

/** The content of a file: a frame of a GIF, or a picture to be decoded. */
export type FileFrame = { frame: GifFrame } | { picture: PictureFile };

/** A JPEG or PNG file of a folder. */
export interface FolderPicture {
  /** The file. */
  picture: PictureFile;
  /** Its name. */
  name?: string;
  /** The time when it was complete, in milliseconds since 1970. */
  timestampMilliseconds: number;
  /** True if it stands in for pictures that do not come: "no signal". */
  standsIn?: boolean;
}

/** A JPEG or PNG file on its way to the encoder. */
export interface EncodedPicture extends FolderPicture {
  /** True if viewers of JPEG have it already. */
  handedOn?: boolean;
}

/** A picture that needs no decoding any more. */
export interface DrawnPicture {
  /** Its pixels, and what else is known. */
  drawn: PixelFrame;
}

/** A frame of a folder. */
export type FolderFrame = SourceFrame | FolderPicture;

/** True if the frame needs nothing before it. */
export function needsNothing(frame: FileFrame): boolean {
  return "picture" in frame || isKeyframe(frame.frame);
}

/** Number of bytes that the frame keeps. */
export function bytesOf(frame: FileFrame): number {
  if ("picture" in frame) return frame.picture.bytes.length;
  const { dataEnd, roomStart } = frame.frame.image;
  return dataEnd - roomStart;
}

/** True if an error says that bytes are no picture. */
export function isFormatError(
  error: unknown,
): error is GifError | PictureError {
  return error instanceof GifError || error instanceof PictureError;
}
