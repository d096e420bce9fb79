import { assertEquals } from "@std/assert";
import { withFolder } from "../support/folder/temporary_folder.ts";
import { bytes, header, image, TRAILER } from "../support/gif/gif_bytes.ts";
import { LiveViewer, shade } from "../support/http/live_viewer.ts";
import { Program } from "../support/program/program.ts";

/** GIFs that ask for a screen that there cannot be. */
const BAD_GIFS = {
  "too wide": bytes(
    header(10, 10),
    image({ left: 65535, width: 15, height: 10 }),
    TRAILER,
  ),
  "too high": bytes(
    header(0, 0),
    image({ top: 65535, width: 1, height: 1 }),
    TRAILER,
  ),
};

for (const [name, bad] of Object.entries(BAD_GIFS)) {
  Deno.test(`gifstream goes on after a GIF in its folder that is ${name}`, () =>
    withFolder(async (folder) => {
      await Deno.writeFile(`${folder}/1.gif`, shade(1));
      await using program = new Program({ args: [folder, "--port", "0"] });
      await using viewer = new LiveViewer(
        `${await program.address()}/live.gif`,
      );
      await viewer.sees(1);
      await Deno.writeFile(`${folder}/2.gif`, bad);
      await program.waitFor(/^warning: Cannot use 2\.gif: Cannot read GIF: /m);
      await Deno.writeFile(`${folder}/3.gif`, shade(3));
      await viewer.sees(3);
      assertEquals(await program.stop(), 0);
    }));

  Deno.test(`gifstream goes on after a GIF on standard input that is ${name}`, async () => {
    await using program = new Program({
      args: ["-", "--port", "0"],
      stdin: "piped",
    });
    await using viewer = new LiveViewer(`${await program.address()}/live.gif`);
    const writer = program.process.stdin.getWriter();
    await writer.write(shade(1));
    await viewer.sees(1);
    await writer.write(bad);
    await program.waitFor(/^warning: standard input: Cannot read GIF: /m);
    await writer.write(shade(3));
    await viewer.sees(3);
    await writer.close();
    assertEquals(await program.stop(), 0);
  });
}
