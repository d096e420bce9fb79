import { assert, assertEquals, assertMatch } from "@std/assert";
import { Channel } from "../../../../src/channel/channel.ts";
import { Channels } from "../../../../src/channel/channels.ts";
import { createHandler } from "../../../../src/http/handler.ts";
import { indexedFrame } from "../../../../src/gif/write/indexed_frame.ts";
import { until } from "../../../support/browser/until.ts";
import { testBothServers } from "../../../support/http/both_servers.ts";
import { Terminal } from "../../../support/program/terminal.ts";
import { requireTool } from "../../../support/require.ts";
import { publishFrame } from "../../../../src/ingest/publish_frame.ts";

const COLORS = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9);
const NAMES = ["255;0;0", "0;255;0", "0;0;255", "9;9;9"];

function publish(channel: Channel, pixels: number[], width: number): void {
  const screen = { width, height: pixels.length / width };
  publishFrame(channel, indexedFrame(screen, Uint8Array.from(pixels), COLORS));
}

/** Two pixels in each cell, the upper one first. */
function cellsOf(pixels: number[], width: number): string[] {
  return Array.from({ length: pixels.length / 2 }, (_, i) => {
    const at = Math.floor(i / width) * 2 * width + i % width;
    return `${NAMES[pixels[at]]} ${NAMES[pixels[at + width]]}`;
  });
}

testBothServers(
  "draws the stream in a terminal",
  async (base, channels) => {
    const channel = channels.first!;
    const first = [0, 1, 2, 3, 3, 2, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1];
    const second = [...first.slice(0, 15), 2];
    publish(channel, first, 4);
    const response = await fetch(`${base}/live/ascii?width=4&fps=100`);
    assertEquals(
      response.headers.get("content-type"),
      "text/plain; charset=utf-8",
    );
    const terminal = new Terminal(response);
    await terminal.readUntil(() => terminal.cells.length === 8);
    assertEquals(terminal.cells, cellsOf(first, 4));
    assert(terminal.text.startsWith("\x1b[?25l\x1b[2J"));

    const before = terminal.text.length;
    publish(channel, second, 4);
    await terminal.readUntil(() => terminal.cells[7] === "0;255;0 0;0;255");
    assertEquals(terminal.cells, cellsOf(second, 4));
    assert(terminal.text.length - before < 80, "one cell has changed");

    channel.close();
    await terminal.readUntil(() => false);
    assert(terminal.text.endsWith("\x1b[?25h\n"));
  },
);

testBothServers(
  "clears the terminal when the picture gets another size",
  async (base, channels) => {
    const channel = channels.first!;
    publish(channel, [0, 0, 1, 1, 0, 0, 1, 1], 2);
    const response = await fetch(`${base}/ascii?width=2&fps=100`);
    const terminal = new Terminal(response);
    await terminal.readUntil(() => terminal.cells.length === 4);
    publish(channel, [2, 2, 3, 3], 2);
    await terminal.readUntil(() => terminal.cells.length === 2);
    assertEquals(terminal.cells, cellsOf([2, 2, 3, 3], 2));
    await terminal.cancel();
  },
);

testBothServers("refuses a terminal that is too wide", async (base) => {
  const response = await fetch(`${base}/ascii?width=10000`);
  assertEquals(response.status, 400);
  assertMatch(await response.text(), /width must be a whole number from 1/);
});

if (requireTool("curl")) {
  testBothServers("draws for curl", async (base, channels) => {
    const channel = channels.first!;
    publish(channel, [0, 1, 2, 3], 2);
    const child = new Deno.Command("curl", {
      args: ["-sN", `${base}/ascii`],
      stdin: "null",
      stdout: "piped",
    }).spawn();
    await until("curl", () => channel.viewers === 1);
    channel.close();
    const { code, stdout } = await child.output();
    assertEquals(code, 0);
    const text = new TextDecoder().decode(stdout);
    const cells = [...text].filter((char) => char === "\u2580" || char === " ");
    assertEquals(cells.length, 80 * 40);
  });
}

Deno.test("a terminal hears something while the source stands still", async () => {
  const channel = new Channel({ keepAliveMilliseconds: 20 });
  publish(channel, [0, 0, 1, 1], 2);
  const channels = new Channels();
  channels.add(channel);
  const handler = createHandler(channels);
  const response = await handler(new Request("http://localhost/live/ascii"));
  const terminal = new Terminal(response);
  await terminal.readUntil(() => terminal.text.includes("▀"));
  const before = terminal.text.length;
  await terminal.readUntil(() => terminal.text.length > before);
  assertEquals(terminal.text.slice(before, before + 6), "\x1b[?25l");
  channels.close();
  await terminal.readUntil(() => false);
});
