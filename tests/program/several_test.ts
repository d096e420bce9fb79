import { assertEquals, assertMatch } from "@std/assert";
import { decodeGif } from "../../src/gif/canvas/decode_gif.ts";
import { withFolder } from "../support/folder/temporary_folder.ts";
import { bytes, header, image, TRAILER } from "../support/gif/gif_bytes.ts";
import { channelsOf, untilChannels } from "../support/program/cli_channels.ts";
import {
  ffmpegChildren,
  waitForEnd,
} from "../support/program/ffmpeg_children.ts";
import { Program } from "../support/program/program.ts";
import { requireTool } from "../support/require.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);

/** What a viewer is sent, to its end. */
async function gifOf(response: Promise<Response>): Promise<Uint8Array> {
  return await (await response).bytes();
}

Deno.test({
  name: "gifstream puts several inputs on air, and ends all at Ctrl-C",
  ignore: !requireTool("ffmpeg"),
  fn: () =>
    withFolder(async (folder) => {
      await Deno.mkdir(`${folder}/yard`);
      await Deno.writeFile(`${folder}/yard/1.gif`, GIF);
      await using program = new Program({
        args: [
          "lobby=test:",
          `${folder}/yard`,
          "film=lavfi:testsrc2=s=64x48",
          ...["--size", "64", "--port", "0"],
        ],
      });
      const address = await program.address();
      const names = ["lobby", "yard", "film"];
      const viewers = names.map((name) =>
        gifOf(fetch(`${address}/${name}.gif`))
      );
      const channels = await untilChannels(
        address,
        (all) =>
          [...all.values()].every(({ frames, viewers, sentBytes }) =>
            frames > 0 && viewers > 0 && sentBytes > 0
          ),
      );
      assertEquals([...channels.keys()], names);
      assertEquals(
        [...channels.values()].map(({ source }) => source.kind),
        ["test", "folder", "video"],
      );
      assertEquals(channels.get("yard")?.title, "yard");
      for (
        const line of [
          /^lobby: On air: 320x180 pixels$/m,
          /^yard: On air: 4x3 pixels$/m,
          /^film: On air: 64x48 pixels$/m,
        ]
      ) await program.waitFor(line);
      const players = await ffmpegChildren(program.process.pid);
      assertEquals(players.length, 1);
      assertEquals(await program.stop(), 0);
      const widths = (await Promise.all(viewers)).map((gif) => {
        assertEquals(gif.at(-1), 0x3b);
        return [...decodeGif(gif)][0].screen.width;
      });
      assertEquals(widths, [320, 4, 64]);
      for (const player of players) await waitForEnd(player);
    }),
});

Deno.test("gifstream goes on when one of several inputs fails, and tries it again", () =>
  withFolder(async (folder) => {
    const film = `${folder}/film.gif`;
    await using program = new Program({
      args: ["a=test:", `b=${film}`, "--loop", "--port", "0"],
    });
    const address = await program.address();
    await program.waitFor(
      /^error: b: Cannot read .*film\.gif: there is no such file; trying again in 1 s$/m,
    );
    const channels = await untilChannels(
      address,
      (all) => all.get("a")?.source.state === "live",
    );
    const { source } = channels.get("b")!;
    assertEquals(source.state, "no signal");
    assertMatch(source.message ?? "", /there is no such file/);
    await Deno.writeFile(`${folder}/new.gif`, GIF);
    await Deno.rename(`${folder}/new.gif`, film);
    await program.waitFor(/^b: On air: 4x3 pixels$/m);
    assertEquals((await channelsOf(address)).get("b")?.source.state, "live");
    assertEquals(await program.stop(), 0);
  }));

Deno.test("gifstream tells in its log which channel it speaks of", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/yard`);
    await using program = new Program({
      args: ["test:", `${folder}/yard`, "--port", "0", "--log", "json"],
    });
    await program.address();
    await Deno.writeFile(`${folder}/yard/1.gif`, bytes("no GIF"));
    await program.waitFor(/"warning"/);
    await program.waitFor(/"test","source":"test:","message":"On air/);
    await program.stop();
    const lines = program.errorText.trimEnd().split("\n")
      .map((line) => JSON.parse(line));
    const channels = (level: string) =>
      new Set(
        lines.filter((line) => line.level === level).map((line) =>
          line.channel
        ),
      );
    assertEquals(channels("info"), new Set([undefined, "test", "yard"]));
    assertEquals(channels("warning"), new Set(["yard"]));
    for (const { level, source, kind } of lines) {
      if (level !== "warning") continue;
      assertEquals([source, kind], [`${folder}/yard`, "source"]);
    }
  }));

Deno.test("gifstream bounds the viewers of a channel, and of all together", async () => {
  await using program = new Program({
    args: [
      ...["a=test:", "b=test:", "--port", "0"],
      ...["--max-viewers", "3", "--max-channel-viewers", "2"],
    ],
  });
  const address = await program.address();
  const answers: Response[] = [];
  for (const name of ["a", "a", "a", "b", "b"]) {
    answers.push(await fetch(`${address}/${name}.gif`));
  }
  assertEquals(answers.map(({ status }) => status), [200, 200, 503, 200, 503]);
  await Promise.all(answers.map((answer) => answer.body?.cancel()));
  assertEquals(await program.stop(), 0);
});

Deno.test("gifstream refuses channels that cannot be, with a way out", async () => {
  const cases: [string[], number, RegExp][] = [
    [["api=test:"], 2, /name is reserved: api; try api-1=test:, or \.\/api=t/],
    [["a b=test:"], 2, /Cannot name channel: .*: a b; try a-b=test:/],
    [["a=test:", "a=-"], 2, /Two inputs are named a: test: and -; try a-2=-/],
    [["test:", "-", "--loop"], 2, /test: is the test pattern, - is standard i/],
    [
      ["test:", "--channels", "a"],
      2,
      /--channels works only with folders of folders and channels in Redis: /,
    ],
    [
      ["-", "--on-demand"],
      2,
      /--on-demand works only with folders, .*: - is st/,
    ],
  ];
  for (const [args, code, message] of cases) {
    await using program = new Program({ args: [...args, "--port", "0"] });
    assertEquals(await program.exitCode(), code, program.errorText);
    assertMatch(program.errorText, message);
  }
});

Deno.test("gifstream puts 50 channels on air", async () => {
  const names = Array.from({ length: 50 }, (_, i) => `cam${i}`);
  await using program = new Program({
    args: [...names.map((name) => `${name}=test:`), "--port", "0"],
  });
  const address = await program.address();
  const channels = await untilChannels(
    address,
    (all) => [...all.values()].every(({ frames }) => frames > 1),
  );
  assertEquals([...channels.keys()], names);
  const viewers = names.map((name) => gifOf(fetch(`${address}/${name}.gif`)));
  await untilChannels(
    address,
    (all) => [...all.values()].every(({ viewers }) => viewers === 1),
  );
  assertEquals(await program.stop(), 0);
  for (const gif of await Promise.all(viewers)) assertEquals(gif.at(-1), 0x3b);
});

Deno.test("gifstream tells channels apart by case, as addresses do", async () => {
  await using program = new Program({
    args: ["live=test:", "LIVE=test:", "--port", "0"],
  });
  const address = await program.address();
  assertEquals([...(await channelsOf(address)).keys()], ["live", "LIVE"]);
  const statuses = await Promise.all(
    ["live", "LIVE", "Live"].map(async (name) => {
      const { status, body } = await fetch(`${address}/${name}.gif`);
      await body?.cancel();
      return status;
    }),
  );
  assertEquals(statuses, [200, 200, 404]);
  await program.stop();
});
