import { assert, assertEquals, assertRejects } from "@std/assert";
import { Channels } from "../../../src/channel/channels.ts";
import { ViewerLimit } from "../../../src/channel/viewers/viewer_limit.ts";
import { channelMaker } from "../../../src/cli/lineup/channel_maker.ts";
import type { InputKind } from "../../../src/cli/source/source_kind.ts";
import { Lineup } from "../../../src/cli/lineup/lineup.ts";
import { parseOptions } from "../../support/program/parse_options.ts";
import { Report } from "../../../src/cli/output/report.ts";
import { withFolder } from "../../support/folder/temporary_folder.ts";

/** A lineup of inputs of these kinds, and what it writes. */
function lineupOf(args: string[], kinds: (InputKind | undefined)[]) {
  const options = parseOptions(args);
  assert(typeof options === "object");
  const channels = new Channels();
  const lines: string[] = [];
  const written = { since: Promise.withResolvers<void>() };
  const report = new Report({
    format: "text",
    terminal: false,
    statusMilliseconds: 1000,
    columns: () => 80,
    write: (text) => {
      lines.push(text);
      written.since.resolve();
      written.since = Promise.withResolvers();
    },
  });
  const inputs = options.inputs.map((given, i) => ({
    ...given,
    kind: kinds[i],
  }));
  const viewerLimit = new ViewerLimit(options.maxViewers);
  const makeChannel = channelMaker(() => options, viewerLimit);
  const lineup = new Lineup(inputs, { channels, makeChannel, options, report });
  const untilWritten = async (pattern: RegExp) => {
    while (!pattern.test(lines.join(""))) await written.since.promise;
  };
  return { lineup, channels, untilWritten };
}

Deno.test("Lineup has a channel for each input, by name and title", () => {
  const { channels } = lineupOf(
    ["./yard", "door=rtsp://me:secret@host/1", "."],
    ["folder", "video", "folder"],
  );
  assertEquals(
    [...channels].map(({ name, title }) => [name, title]),
    [["yard", "yard"], ["door", "door"], ["channel", "channel"]],
  );
  channels.close();
});

Deno.test("Lineup calls a single input live", () => {
  const { channels } = lineupOf(["."], ["folder"]);
  assertEquals(
    [...channels].map(({ name, title }) => [name, title]),
    [["live", "Live"]],
  );
  channels.close();
});

Deno.test("Lineup.run() fails with the only input", () =>
  withFolder(async (folder) => {
    const { lineup, channels } = lineupOf([`${folder}/a.gif`], ["finished"]);
    const { signal } = new AbortController();
    await assertRejects(() => lineup.run(signal), Deno.errors.NotFound);
    channels.close();
  }));

Deno.test("Lineup.run() goes on without an input where others can be sent", () =>
  withFolder(async (folder) => {
    const { lineup, channels, untilWritten } = lineupOf(
      [`${folder}/a.gif`, "--ingest"],
      ["finished"],
    );
    const stop = new AbortController();
    const run = lineup.run(stop.signal);
    await untilWritten(/^error: live: .*; trying again in 1 s$/m);
    stop.abort();
    await run;
    channels.close();
  }));

Deno.test("Lineup.run() does not take the name of another channel", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/test`);
    await Deno.mkdir(`${folder}/yard`);
    const { lineup, channels, untilWritten } = lineupOf(
      [`${folder}/*`, "test:"],
      ["folders", "test"],
    );
    const stop = new AbortController();
    const run = lineup.run(stop.signal);
    await untilWritten(
      /^warning: Cannot name a channel after folder test: another .* name/m,
    );
    await untilWritten(/^yard: Waiting for frames in /m);
    assertEquals([...channels].map(({ name }) => name), ["test", "yard"]);
    stop.abort();
    await run;
    channels.close();
  }));
