import { warmUp } from "../../../src/past/clip/warm_up.ts";
import { plainJpeg } from "../../support/image/jpeg_files.ts";

const TIME = { timeMilliseconds: 0 };

Deno.test("warmUp() takes JPEGs of any size, and broken ones", () => {
  for (const [width, height] of [[1, 1], [9, 700], [700, 9]]) {
    const jpeg = plainJpeg(width, height, [1, 2, 3]);
    warmUp({ jpeg, width, height, ...TIME });
  }
  const broken = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);
  warmUp({ jpeg: broken, width: 9, height: 9, ...TIME });
});
