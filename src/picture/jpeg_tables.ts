/**
 * The tables of JPEG that nearly every file has (ITU-T T.81, annex K).
 *
 * @module
 */

/** How the symbols of a Huffman code are written (annex C). */
export interface HuffmanSpec {
  /** How many codes there are of each length, 1 to 16 bits. */
  counts: Uint8Array;
  /** The symbols, those of short codes first. */
  symbols: Uint8Array;
}

/** Luminance, or the two kinds of chrominance. */
export interface ComponentTables {
  /** Steps of the coefficients at quality 50, row by row (K.1). */
  steps: Uint8Array;
  /** Code of the differences of mean values (K.3.3.1). */
  dc: HuffmanSpec;
  /** Code of the other coefficients (K.3.3.2). */
  ac: HuffmanSpec;
}

/** Where the coefficients lie, in the order in which they are written. */
export const ZIGZAG: Uint8Array = fromHex(
  "000108100902030a11182019120b04050c131a21283029221b140d06070e151c" +
    "232a313839322b241d160f171e252c333a3b342d261f272e353c3d362f373e3f",
);

/** For brightness. */
export const LUMINANCE: ComponentTables = {
  steps: fromHex(
    "100b0a101828333d0c0c0e131a3a3c370e0d1018283945380e11161d3357503e" +
      "12162538446d674d182337405168715c31404e5767797865485c5f6270646763",
  ),
  dc: {
    counts: fromHex("00010501010101010100000000000000"),
    symbols: fromHex(
      "000102030405060708090a0b",
    ),
  },
  ac: {
    counts: fromHex("0002010303020403050504040000017d"),
    symbols: fromHex(
      "01020300041105122131410613516107227114328191a1082342b1c11552d1f0" +
        "2433627282090a161718191a25262728292a3435363738393a43444546474849" +
        "4a535455565758595a636465666768696a737475767778797a83848586878889" +
        "8a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5" +
        "c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8" +
        "f9fa",
    ),
  },
};

/** For color. */
export const CHROMINANCE: ComponentTables = {
  steps: fromHex(
    "1112182f6363636312151a4263636363181a3863636363632f42636363636363" +
      "6363636363636363636363636363636363636363636363636363636363636363",
  ),
  dc: {
    counts: fromHex("00030101010101010101010000000000"),
    symbols: fromHex(
      "000102030405060708090a0b",
    ),
  },
  ac: {
    counts: fromHex("00020102040403040705040400010277"),
    symbols: fromHex(
      "000102031104052131061241510761711322328108144291a1b1c109233352f0" +
        "156272d10a162434e125f11718191a262728292a35363738393a434445464748" +
        "494a535455565758595a636465666768696a737475767778797a828384858687" +
        "88898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3" +
        "c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8" +
        "f9fa",
    ),
  },
};

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g)!, (byte) => parseInt(byte, 16));
}
