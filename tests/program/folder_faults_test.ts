import { assert, assertEquals } from "@std/assert";
import { deadline } from "@std/async/deadline";
import { delay } from "@std/async/delay";
import { REPLACEMENTS, spoil } from "../support/folder/folder_faults.ts";
import { withFolder } from "../support/folder/temporary_folder.ts";
import { LiveViewer, shade } from "../support/http/live_viewer.ts";
import { untilChannels } from "../support/program/cli_channels.ts";
import { Program } from "../support/program/program.ts";
import { requireTool } from "../support/require.ts";

/** Much more than anything takes; a test that gets here has failed. */
const DEADLINE_MILLISECONDS = 30_000;

/** Time in which a watched folder is looked at, whatever events there are. */
const LOOKED_AT_MILLISECONDS = 2300;

const MODES: [string, string[]][] = [
  ["by events", []],
  ["by polling", ["--poll", "50"]],
];

/** Whether a program can be run for which file modes hold. */
const canRestrict = Deno.build.os !== "windows" &&
  (Deno.uid() !== 0 || requireTool("setpriv"));

/** A running program, its first channel's viewer, and how to go on. */
interface Scene {
  program: Program;
  viewer: LiveViewer;
  address: string;
  /** Shows the viewer one more picture. */
  show: () => Promise<void>;
}

/** Runs the program on one input, and looks on. */
async function watching(
  { input, frames, args, restricted }: {
    input: string;
    /** The folder that the viewer's frames are in. */
    frames: string;
    args: string[];
    restricted?: boolean;
  },
  use: (scene: Scene) => Promise<void>,
): Promise<void> {
  let shown = 0;
  const write = async () => {
    shown++;
    await Deno.writeFile(`${frames}/frame${shown}.gif`, shade(shown));
  };
  await write();
  await using program = new Program({
    args: [input, "--port", "0", ...args],
    restricted,
  });
  const address = await program.address();
  await program.waitFor(/On air/);
  const name = input === frames ? "live" : frames.split("/").at(-1);
  await using viewer = new LiveViewer(`${address}/${name}.gif`);
  await viewer.sees(1);
  const show = async () => {
    await write();
    await viewer.sees(shown);
  };
  const scene = { program, viewer, address, show };
  await deadline(use(scene), DEADLINE_MILLISECONDS);
  assertEquals(await program.stop(), 0);
}

for (const [mode, args] of MODES) {
  Deno.test(`gifstream starts in a folder of all sorts of things, ${mode}`, () =>
    withFolder(async (folder) => {
      await spoil(folder);
      const where = { input: folder, frames: folder, args };
      await watching(where, async ({ show }) => {
        await show();
        await delay(LOOKED_AT_MILLISECONDS);
        await show();
      });
    }));

  Deno.test(`gifstream goes on when all sorts of things come into its folder, ${mode}`, () =>
    withFolder(async (folder) => {
      const where = { input: folder, frames: folder, args };
      await watching(where, async ({ show }) => {
        await spoil(folder);
        await show();
        await delay(LOOKED_AT_MILLISECONDS);
        await show();
      });
    }));

  Deno.test(`gifstream starts with a folder of folders and all sorts of things, ${mode}`, () =>
    withFolder(async (folder) => {
      const frames = `${folder}/cam`;
      await Deno.mkdir(frames);
      for (const each of [folder, frames]) await spoil(each);
      await watching({ input: `${folder}/*`, frames, args }, ({ show }) => {
        return show();
      });
    }));

  Deno.test(`gifstream goes on when all sorts of things come into a folder of folders, ${mode}`, () =>
    withFolder(async (folder) => {
      const frames = `${folder}/cam`;
      await Deno.mkdir(frames);
      const where = { input: `${folder}/*`, frames, args };
      await watching(where, async ({ address, show }) => {
        for (const each of [folder, frames]) await spoil(each);
        await show();
        await delay(LOOKED_AT_MILLISECONDS);
        await show();
        await Deno.mkdir(`${folder}/door`);
        await Deno.writeFile(`${folder}/door/1.gif`, shade(1));
        await untilChannels(address, (all) => all.get("door")?.frames === 1);
        await show();
      });
    }));

  for (const [what, replace] of Object.entries(REPLACEMENTS)) {
    Deno.test(`gifstream waits for a folder in whose place is ${what}, ${mode}`, () =>
      withFolder(async (parent) => {
        const folder = `${parent}/input`, away = `${parent}/away`;
        await Deno.mkdir(folder);
        const where = { input: folder, frames: folder, args };
        await watching(where, async ({ program, show }) => {
          await Deno.rename(folder, away);
          await replace(folder);
          await program.waitFor(
            /^warning: Folder .* is gone: waiting for it to come back$/m,
          );
          await Deno.remove(folder);
          await Deno.rename(away, folder);
          await show();
        });
      }));

    Deno.test(`gifstream has no channel for a folder in whose place is ${what}, ${mode}`, () =>
      withFolder(async (parent) => {
        const folder = `${parent}/input`, away = `${parent}/away`;
        const frames = `${folder}/cam`;
        for (const name of ["cam", "door"]) {
          await Deno.mkdir(`${folder}/${name}`, { recursive: true });
        }
        await Deno.writeFile(`${folder}/door/1.gif`, shade(1));
        const where = { input: `${folder}/*`, frames, args };
        await watching(where, async ({ address, program, show }) => {
          await untilChannels(address, (all) => all.get("door")?.frames === 1);
          await Deno.rename(`${folder}/door`, away);
          await replace(`${folder}/door`);
          await untilChannels(address, (all) => !all.has("door"));
          await show();
          await Deno.remove(`${folder}/door`);
          await Deno.rename(away, `${folder}/door`);
          await untilChannels(address, (all) => all.get("door")?.frames === 1);
          // The folder of them all.
          await Deno.rename(folder, away);
          await replace(folder);
          await untilChannels(address, ({ size }) => size === 0);
          await Deno.remove(folder);
          await Deno.rename(away, folder);
          await untilChannels(address, ({ size }) => size === 2);
          assert(!/^error/m.test(program.errorText), program.errorText);
        });
      }));
  }

  Deno.test({
    name: `gifstream waits while it may not read its folder, ${mode}`,
    ignore: !canRestrict,
    fn: () =>
      withFolder(async (folder) => {
        const where = { input: folder, frames: folder, args, restricted: true };
        await watching(where, async ({ program, show }) => {
          await Deno.writeFile(`${folder}/secret.gif`, shade(99));
          await Deno.chmod(`${folder}/secret.gif`, 0);
          await show();
          await Deno.chmod(folder, 0);
          await program.waitFor(
            /^warning: Cannot look at .*: Permission denied/m,
          );
          await Deno.chmod(folder, 0o700);
          await show();
        });
      }),
  });

  Deno.test({
    name: `gifstream waits while it may not read a folder of folders, ${mode}`,
    ignore: !canRestrict,
    fn: () =>
      withFolder(async (parent) => {
        const folder = `${parent}/all`, frames = `${folder}/cam`;
        for (const name of ["all/cam", "all/locked", "secret/inner"]) {
          await Deno.mkdir(`${parent}/${name}`, { recursive: true });
        }
        await Deno.symlink("../secret/inner", `${folder}/link`);
        for (const name of ["all/locked", "secret"]) {
          await Deno.chmod(`${parent}/${name}`, 0);
        }
        const input = `${folder}/*`;
        const where = { input, frames, args, restricted: true };
        await watching(where, async ({ address, program, show }) => {
          await program.waitFor(/^error: locked: .*trying again in 1 s$/m);
          await program.waitFor(
            /^warning: Cannot look into folder .*link: Permission denied/m,
          );
          await show();
          await Deno.chmod(folder, 0);
          await program.waitFor(
            /^warning: Cannot look into folder .*all: Permission denied/m,
          );
          await Deno.chmod(folder, 0o700);
          await Deno.mkdir(`${folder}/door`);
          await Deno.writeFile(`${folder}/door/1.gif`, shade(1));
          await untilChannels(address, (all) => all.get("door")?.frames === 1);
          await show();
        });
      }),
  });
}
