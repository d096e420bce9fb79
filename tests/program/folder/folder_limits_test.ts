/** What one folder and its system allow, and what gifstream says of it. */
import { assertEquals, assertMatch } from "@std/assert";
import { delay } from "@std/async/delay";
import { until } from "../../support/browser/until.ts";
import { withFolder } from "../../support/folder/temporary_folder.ts";
import { shade } from "../../support/http/live_viewer.ts";
import { Program } from "../../support/program/program.ts";
import { canBeUnwatched, UNWATCHED } from "../../support/program/unwatched.ts";
import { ShadeViewer } from "../../support/program/with_workers.ts";

/** More than the time between two looks for others. */
const LOOK_MILLISECONDS = 2000;

Deno.test({
  name: "gifstream says what to do where folders cannot be watched, and looks",
  ignore: !await canBeUnwatched(),
  fn: () =>
    withFolder(async (folder) => {
      await using gifstream = new Program({
        args: [folder, "--port", "0"],
        before: UNWATCHED,
      });
      const viewer = new ShadeViewer(`${await gifstream.address()}/live.gif`);
      const [line] = await gifstream.waitFor(/^warning: Cannot watch .*$/m);
      assertMatch(
        line,
        /os error 24.*every 200 ms instead.*max_user_instances.*--poll 500$/,
      );
      await Deno.writeFile(`${folder}/1.gif`, shade(40));
      await until("its picture", () => viewer.shades.at(-1) === 40);
      await gifstream.stop();
      await viewer.end;
      // Who polls is told nothing.
      await using polling = new Program({
        args: [folder, "--port", "0", "--poll", "100"],
        before: UNWATCHED,
      });
      await polling.waitFor(/On air/);
      assertEquals(polling.errorText.includes("watch"), false);
      await polling.stop();
    }),
});

Deno.test({
  name: "two gifstreams that remove files from one folder say so",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withFolder(async (folder) => {
      const args = [folder, "--port", "0", "--delete-after", "60"];
      await using first = new Program({ args });
      await first.address();
      await first.waitFor(/Watch at/);
      await using second = new Program({ args });
      const told = /Another gifstream removes old frames from .*, too/;
      await Promise.race([first.waitFor(told), second.waitFor(told)]);
      // It says so once, and not at all when it has the folder to itself.
      await second.stop();
      await first.stop();
      await using third = new Program({ args });
      await Deno.writeFile(`${folder}/1.gif`, shade(40));
      await third.waitFor(/On air/);
      await delay(LOOK_MILLISECONDS);
      await third.stop();
      const count = (text: string) => text.match(/Another/g)?.length ?? 0;
      assertEquals(count(first.errorText + second.errorText), 1);
      assertEquals(count(third.errorText), 0);
    }),
});

Deno.test({
  name: "gifstream shows a file that is made readable later",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (folder) => {
      await using gifstream = new Program({
        args: [folder, "--port", "0"],
        restricted: true,
      });
      const viewer = new ShadeViewer(`${await gifstream.address()}/live.gif`);
      await Deno.writeFile(`${folder}/1.gif.new`, shade(70));
      await Deno.chmod(`${folder}/1.gif.new`, 0);
      await Deno.rename(`${folder}/1.gif.new`, `${folder}/1.gif`);
      await gifstream.waitFor(/Cannot use 1\.gif: .*[Pp]ermission/);
      assertEquals(viewer.shades, []);
      await Deno.chmod(`${folder}/1.gif`, 0o644);
      await until("its picture", () => viewer.shades.at(-1) === 70);
      await gifstream.stop();
      await viewer.end;
    }),
});

Deno.test({
  name: "gifstream removes a file once that is allowed",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (folder) => {
      await Deno.writeFile(`${folder}/1.gif`, shade(70));
      await Deno.chmod(folder, 0o555);
      await using gifstream = new Program({
        args: [folder, "--port", "0", "--delete-after", "0.1"],
        restricted: true,
      });
      await gifstream.waitFor(/Cannot remove 1\.gif: .*[Pp]ermission/);
      await Deno.chmod(folder, 0o755);
      await until(
        "its removal",
        () => [...Deno.readDirSync(folder)].length === 0,
      );
      await gifstream.stop();
      assertEquals(gifstream.errorText.match(/Cannot remove/g)?.length, 1);
    }),
});
