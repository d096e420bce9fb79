import { GifError } from "../gif/gif_error.ts";
import { type GifFrame, isKeyframe } from "../gif/read/frame_reader.ts";
import { PictureError, type PictureFile } from "../image/image_file.ts";
import type { SourceFrame } from "./frame_source.ts";

/** What a file shows: a frame of a GIF, or a picture yet to be decoded. */
export type FileFrame = { frame: GifFrame } | { picture: PictureFile };

/** A JPEG or PNG file of a folder. */
export interface FolderPicture {
  /** The file. */
  picture: PictureFile;
  /** Its name. */
  name?: string;
  /** When it was complete, in milliseconds since 1970. */
  timestampMilliseconds: number;
}

/** What comes from a folder. */
export type FolderFrame = SourceFrame | FolderPicture;

/** Whether nothing before it is needed to show it. */
export function needsNothing(frame: FileFrame): boolean {
  return "picture" in frame || isKeyframe(frame.frame);
}

/** How many bytes are kept with it. */
export function bytesOf(frame: FileFrame): number {
  if ("picture" in frame) return frame.picture.bytes.length;
  const { dataEnd, roomStart } = frame.frame.image;
  return dataEnd - roomStart;
}

/** Whether an error says that bytes are no picture. */
export function isFormatError(
  error: unknown,
): error is GifError | PictureError {
  return error instanceof GifError || error instanceof PictureError;
}
