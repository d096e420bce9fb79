import { walk } from "@std/fs/walk";
import { dirname, fromFileUrl, join, relative } from "@std/path";

const SHARED = join(
  dirname(fromFileUrl(new URL("../../../", import.meta.url))),
  "shared",
);
const FOLDERS = ["corpus", "cases/gif"];
/** Larger ones are tried as they are, and take too long for mutants. */
const MAX_MUTANT_BYTES = 3000;
const MAX_MUTANT_PIXELS = 1 << 16;
/** Bytes by pixels, which bounds the time: others take seconds to minutes. */
const MAX_COST = 2 ** 34;

/** A file of the folder `shared` beside the checkout. */
export interface Sample {
  /** Its path below that folder. */
  name: string;
  bytes: Uint8Array;
}

/** The files there, and those of them that mutants are made of. */
export interface Samples {
  all: Sample[];
  small: Sample[];
  /** Folders that are not there, and files that take too long. */
  leftOut: string[];
}

/** Reads the GIFs beside the checkout, in the order of their names. */
export async function readSamples(): Promise<Samples> {
  const all: Sample[] = [], leftOut: string[] = [];
  for (const folder of FOLDERS) {
    const path = join(SHARED, folder);
    try {
      for await (const file of walk(path, { exts: [".gif"] })) {
        const bytes = await Deno.readFile(file.path);
        const sample = { name: relative(SHARED, file.path), bytes };
        const isDear = bytes.length * screenPixels(sample) > MAX_COST;
        if (isDear) leftOut.push(`${file.path} (takes long)`);
        else all.push(sample);
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      leftOut.push(`${path} (not there)`);
    }
  }
  all.sort((a, b) => a.name < b.name ? -1 : 1);
  return { all, small: all.filter(isSmall), leftOut };
}

function isSmall(sample: Sample): boolean {
  return sample.bytes.length <= MAX_MUTANT_BYTES &&
    screenPixels(sample) <= MAX_MUTANT_PIXELS;
}

function screenPixels({ bytes }: Sample): number {
  const width = bytes[6] | bytes[7] << 8, height = bytes[8] | bytes[9] << 8;
  return width * height;
}
