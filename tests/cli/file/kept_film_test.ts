import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import type { FilmPicture } from "../../../src/cli/file/film_picture.ts";
import { KeptFilm } from "../../../src/cli/file/kept_film.ts";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { scene } from "../../support/gif/pictures.ts";

const PICTURES: FilmPicture[] = [
  { pixels: scene(64, 48, 0, 1), width: 64, height: 48, delayCentiseconds: 3 },
  { pixels: scene(64, 48, 1, 1), width: 64, height: 48 },
  { pixels: new Uint8Array(8 * 6 * 4).fill(7), width: 8, height: 6 },
  { pixels: scene(80, 60, 1, 1), width: 80, height: 60, delayCentiseconds: 0 },
];

function copyOf(picture: FilmPicture) {
  const { pixels, width, height, delayCentiseconds } = picture;
  return { pixels: [...pixels], width, height, delayCentiseconds };
}

Deno.test("KeptFilm gives back what it was given, as often as it is asked", () =>
  withFolder(async (folder) => {
    {
      await using kept = await KeptFilm.beside(join(folder, "film.gif"));
      for (const picture of PICTURES) {
        // Whoever makes pictures may use the same pixels again.
        const pixels = Uint8Array.from(picture.pixels);
        await kept.push({ ...picture, pixels });
        pixels.fill(1);
      }
      await kept.finish();
      for await (const first of kept.open()) {
        assertEquals(copyOf(first), copyOf(PICTURES[0]));
        break;
      }
      for (let time = 0; time < 2; time++) {
        const read = [];
        for await (const picture of kept.open()) read.push(copyOf(picture));
        assertEquals(read, PICTURES.map(copyOf));
      }
    }
    assertEquals([...Deno.readDirSync(folder)], []);
  }));

Deno.test("KeptFilm takes next to nothing for what stands still", async () => {
  await using kept = await KeptFilm.beside(undefined);
  const pixels = crypto.getRandomValues(new Uint8Array(100 * 100 * 3));
  for (let i = 0; i < 20; i++) {
    await kept.push({ pixels, width: 100, height: 100 });
  }
  await kept.finish();
  assert(kept.bytes < 1.2 * pixels.length, `${kept.bytes}`);
});

Deno.test("KeptFilm says where it finds no room", async () => {
  await assertRejects(
    () => KeptFilm.beside(join("no", "such", "folder", "film.gif")),
    Error,
    "Cannot keep pictures",
  );
});
