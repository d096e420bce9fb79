import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { BlockReader } from "../../src/gif/read/block_reader.ts";
import { withFolder } from "../support/folder/temporary_folder.ts";
import { bytes, header, image, TRAILER } from "../support/gif/gif_bytes.ts";
import { untilChannels } from "../support/program/cli_channels.ts";
import { Program } from "../support/program/program.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);

/** A subfolder with a picture in it. */
async function addCamera(folder: string, name: string): Promise<void> {
  await Deno.mkdir(`${folder}/${name}`);
  await Deno.writeFile(`${folder}/${name}/1.gif`, GIF);
}

function endOf(gif: Uint8Array): string {
  const reader = new BlockReader();
  reader.push(gif);
  reader.end();
  for (;;) {
    const block = reader.next();
    if (block.type === "end") return block.reason;
  }
}

/** Waits until there are these channels, and no others. */
async function untilNames(address: string, ...names: string[]): Promise<void> {
  await untilChannels(
    address,
    (all) => [...all.keys()].sort().join() === names.join(),
  );
}

for (const poll of [[], ["--poll", "50"]]) {
  Deno.test(`gifstream has a channel for each folder in a folder ${poll}`, () =>
    withFolder(async (folder) => {
      await addCamera(folder, "cam10");
      await addCamera(folder, "cam9");
      await using program = new Program({
        args: [folder, "--port", "0", ...poll],
      });
      const address = await program.address();
      await program.waitFor(/^One channel for each folder in /m);
      await program.waitFor(/^cam10: On air: 4x3 pixels$/m);
      const all = await untilChannels(address, ({ size }) => size === 2);
      assertEquals([...all.keys()], ["cam9", "cam10"]);
      assertEquals(all.get("cam9")?.source.kind, "folder");

      await addCamera(folder, "door");
      await program.waitFor(/^door: On air: 4x3 pixels$/m);
      const viewer = fetch(`${address}/door.gif`).then((it) => it.bytes());
      await untilChannels(address, (all) => all.get("door")?.viewers === 1);
      await Deno.remove(`${folder}/door`, { recursive: true });
      assertEquals(endOf(await viewer), "trailer");
      await untilNames(address, "cam10", "cam9");
      const answer = await fetch(`${address}/door.gif`);
      assertEquals(answer.status, 404);
      await answer.body?.cancel();

      // It may come back.
      await addCamera(folder, "door");
      await untilChannels(address, (all) => all.get("door")?.frames === 1);
      assertEquals(await program.stop(), 0);
    }));
}

Deno.test("gifstream says why a folder is no channel, and filters them", () =>
  withFolder(async (folder) => {
    for (const name of ["cam1", "front door", "stream", "attic"]) {
      await addCamera(folder, name);
    }
    const every = `${folder}/*`;
    await using program = new Program({
      args: [every, "--channels", "^(cam|s|f)", "--port", "0"],
    });
    const address = await program.address();
    await program.waitFor(
      /^warning: Cannot name a channel after folder front door: it must be 1 to 64 of .*; rename it$/m,
    );
    await program.waitFor(
      /^warning: Cannot name a channel after folder stream: the name is reserved; rename it$/m,
    );
    await untilNames(address, "cam1");
    assertEquals(await program.stop(), 0);
  }));

Deno.test("gifstream puts a folder's name before those of its channels", () =>
  withFolder(async (folder) => {
    for (const house of ["one", "two"]) {
      await Deno.mkdir(`${folder}/${house}`);
      await addCamera(`${folder}/${house}`, "door");
    }
    await using program = new Program({
      args: [
        `house=${folder}/one`,
        `${folder}/two/*`,
        "lobby=test:",
        ...["--port", "0"],
      ],
    });
    const address = await program.address();
    await untilNames(address, "door", "house-door", "lobby");
    await addCamera(`${folder}/two`, "lobby");
    await program.waitFor(
      /warning: Cannot name a channel after folder lobby: another channel has that name/,
    );
    assertEquals(await program.stop(), 0);
  }));

Deno.test("gifstream waits for a folder of folders that is not there yet", () =>
  withFolder(async (folder) => {
    await using program = new Program({
      args: [`${folder}/later/*`, "--port", "0"],
    });
    const address = await program.address();
    await untilNames(address);
    await Deno.mkdir(`${folder}/later`);
    await addCamera(`${folder}/later`, "door");
    await untilNames(address, "door");
    assertEquals(await program.stop(), 0);
  }));

Deno.test("gifstream shows a file once it may be read", () =>
  withFolder(async (folder) => {
    const path = `${folder}/a.gif`;
    await Deno.chmod(folder, 0o777);
    await using program = new Program({
      args: [folder, "--port", "0"],
      restricted: true,
    });
    await program.address();
    await Deno.writeFile(`${folder}/.a`, GIF, { mode: 0o000 });
    await Deno.rename(`${folder}/.a`, path);
    await program.waitFor(/Cannot use a\.gif: /);
    await Deno.chmod(path, 0o644);
    await program.waitFor(/On air/);
  }));

Deno.test("gifstream removes nothing behind a linked folder", () =>
  withFolder(async (folder) => {
    const away = `${folder}/away`, cams = `${folder}/cams`;
    await Deno.mkdir(`${cams}/own`, { recursive: true });
    await Deno.mkdir(away);
    for (const place of [away, `${cams}/own`]) {
      await Deno.writeFile(`${place}/a.gif`, GIF);
      await Deno.utime(`${place}/a.gif`, 1, 1);
    }
    await Deno.symlink(away, `${cams}/linked`);
    await Deno.symlink("loop", `${cams}/loop`);
    const args = [`${cams}/*`, "--delete-after", "0.5", "--port", "0"];
    await using program = new Program({ args });
    await program.waitFor(/linked: On air/);
    while ([...Deno.readDirSync(`${cams}/own`)].length > 0) await delay(50);
    await delay(1500);
    assertEquals([...Deno.readDirSync(away)].length, 1);
  }));

Deno.test("gifstream makes no folder again that was removed at once", () =>
  withFolder(async (folder) => {
    await addCamera(folder, "door");
    await using program = new Program({
      args: [`${folder}/*`, "--port", "0"],
    });
    const address = await program.address();
    await program.waitFor(/^door: On air/m);
    const names = Array.from({ length: 60 }, (_, i) => `x${i}`);
    for (const name of names) Deno.mkdirSync(`${folder}/${name}`);
    await untilChannels(address, ({ size }) => size > 1);
    for (const name of names) Deno.removeSync(`${folder}/${name}`);
    await untilNames(address, "door");
    await addCamera(folder, "yard");
    await program.waitFor(/^yard: On air/m);
    assertEquals(
      [...Deno.readDirSync(folder)].map(({ name }) => name).sort(),
      ["door", "yard"],
    );
    assertEquals(await program.stop(), 0);
  }));

Deno.test("gifstream removes old frames that nobody asks for", () =>
  withFolder(async (folder) => {
    await Deno.writeFile(`${folder}/1.gif`, GIF);
    await using program = new Program({
      args: [folder, "--on-demand", "--delete-after", "0.3", "--port", "0"],
    });
    const address = await program.address();
    const isEmpty = () => [...Deno.readDirSync(folder)].length === 0;
    while (!isEmpty()) await delay(50);
    const answer = await fetch(`${address}/live.gif`);
    await untilChannels(address, (all) => all.get("live")?.viewers === 1);
    // Where all is slow, one is old before it can be shown.
    let number = 2;
    await untilChannels(address, (all) => {
      Deno.writeFileSync(`${folder}/${number++}.gif`, GIF);
      return Number(all.get("live")?.frames) >= 1;
    });
    while (!isEmpty()) await delay(50);
    await answer.body?.cancel();
    assertEquals(await program.stop(), 0);
  }));
