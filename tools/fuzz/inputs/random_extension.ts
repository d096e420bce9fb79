import { subBlocks } from "./image_data.ts";
import type { Random } from "./random.ts";

const COMMENT = 0xfe, APPLICATION = 0xff, PLAIN_TEXT = 0x01;
const WORDS = ["GIF89a", "GIF87a", "GIF", "GIF8", ",", ";", "!", "hello", "G"];
const APPLICATIONS = [
  "NETSCAPE2.0",
  "ANIMEXTS1.0",
  "XMP DataXMP",
  "ICCRGBG1012",
];

/** An extension that no player shows; some hold what begins a GIF. */
export function randomExtension(random: Random): number[] {
  switch (random.below(6)) {
    case 0:
    case 1:
      return [0x21, COMMENT, ...subBlocks(random, text(random))];
    case 2:
      return [0x21, APPLICATION, 11, ...codes("NETSCAPE2.0"), 3, 1, 0, 0, 0];
    case 3: {
      const name = codes(random.pick(APPLICATIONS));
      const data = subBlocks(random, text(random));
      return [0x21, APPLICATION, name.length, ...name, ...data];
    }
    case 4: {
      const grid = Array.from({ length: 12 }, () => random.below(20));
      return [
        0x21,
        PLAIN_TEXT,
        12,
        ...grid,
        ...subBlocks(random, text(random)),
      ];
    }
    default: {
      const label = random.below(256);
      // That of a graphic control is left to the images.
      if (label === 0xf9) return [0x21, COMMENT, 0];
      return [0x21, label, ...subBlocks(random, text(random))];
    }
  }
}

function text(random: Random): number[] {
  const bytes: number[] = [];
  for (let i = random.below(6); i > 0; i--) {
    if (random.once(3)) bytes.push(...codes(random.pick(WORDS)));
    else bytes.push(random.below(256));
  }
  return bytes;
}

function codes(word: string): number[] {
  return Array.from(word, (letter) => letter.charCodeAt(0));
}
