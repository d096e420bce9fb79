/** Width and height of the area that a GIF draws on (GIF89a section 18). */
export interface LogicalScreen {
  /** Pixels, 0 to 65535. */
  width: number;
  /** Pixels, 0 to 65535. */
  height: number;
}

/** Graphic control of the image that follows (GIF89a section 23). */
export interface GraphicControl {
  /**
   * The disposal method of the image, applied before the next image is drawn:
   * 0 and 1 leave it, 2 clears its rectangle, 3 restores the pixels before it.
   */
  disposal: number;
  /** True if the image should wait for the user; browsers do not. */
  userInput: boolean;
  /** True if pixels of `transparentIndex` leave the canvas unchanged. */
  transparent: boolean;
  /** The index that is transparent, if `transparent`. */
  transparentIndex: number;
  /** Time that the image is shown for, in hundredths of a second. */
  delayCentiseconds: number;
}

/** An image and where it lies (GIF89a sections 20 to 22). */
export interface GifImage {
  /** Pixels from the left edge of the logical screen. */
  left: number;
  /** Pixels from the top edge of the logical screen. */
  top: number;
  /** Pixels, 0 to 65535. */
  width: number;
  /** Pixels, 0 to 65535. */
  height: number;
  /** True if the rows come in the four passes of appendix E. */
  interlaced: boolean;
  /** True if its own table is sorted by importance. */
  sorted: boolean;
  /** Its own table, 3 bytes a color: a view of `bytes`. */
  localColorTable?: Uint8Array;
  /** The buffer that the image lies in. */
  bytes: Uint8Array;
  /** From here to the data, `bytes` holds nothing that anybody needs. */
  roomStart: number;
  /** Position in `bytes` of the LZW minimum code size (section 22). */
  dataStart: number;
  /** Position in `bytes` just past the data's block terminator. */
  dataEnd: number;
}

/** A block, as {@linkcode BlockReader.next} returns it. */
export type GifBlock =
  | { type: "need-more" }
  | {
    type: "header";
    /** Position of the block, from the first byte pushed. */
    offset: number;
    version: "87a" | "89a";
    screen: LogicalScreen;
    /** A copy of the global color table, 3 bytes a color. */
    globalColorTable?: Uint8Array;
  }
  | { type: "graphic-control"; offset: number; control: GraphicControl }
  | {
    type: "extension";
    offset: number;
    label: number;
    /** All of it, introducer to terminator; overwritten by later reading. */
    bytes: Uint8Array;
  }
  | { type: "image"; offset: number; image: GifImage }
  | {
    type: "end";
    offset: number;
    /** `garbage`: bytes that are no block stand where one should. */
    reason: "trailer" | "end-of-data" | "garbage";
  };
