/**
 * What the wall of the page costs a browser and the server: processor time,
 * memory and how it grows, beside one channel in an `<img>`, and beside nobody.
 *
 * ```sh
 * deno run -A bench/browsers/wall.ts --channels 30 --fps 2 --minutes 1
 * deno run -A bench/browsers/wall.ts --browser Firefox --way wall --minutes 60
 * ```
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { parseArgs } from "@std/cli/parse-args";
import type { Page } from "puppeteer-core";
import { BROWSERS } from "../../tests/support/browser/browser.ts";
import {
  processorSeconds,
  processTree,
  treeMegabytes,
} from "../../tests/support/screen/process_tree.ts";

const WARM_UP_MILLISECONDS = 15_000;
const SAMPLES = 10;

/** Ways to watch, by what the page shows. */
const WAYS: Record<string, (address: string) => string> = {
  "nobody": () => "about:blank",
  "<img>": (address) => `data:text/html,<img src="${address}cam1.gif">`,
  "one channel": (address) => `${address}cam1`,
  "wall": (address) => address,
};

async function main(args: string[]): Promise<void> {
  const options = parseArgs(args, {
    string: ["channels", "fps", "minutes", "browser", "way"],
    default: { channels: "30", fps: "2", minutes: "1" },
  });
  for (const { name, installed, launch } of BROWSERS) {
    if (!installed || (options.browser ?? name) !== name) continue;
    for (const [way, addressOf] of Object.entries(WAYS)) {
      if ((options.way ?? way) !== way) continue;
      const child = new Deno.Command(Deno.execPath(), {
        args: [
          ...["run", "-A", new URL("wall_server.ts", import.meta.url).href],
          ...[options.channels, options.fps],
        ],
        stdout: "piped",
      }).spawn();
      const port = await firstText(child.stdout);
      const browser = await launch();
      try {
        const page = await browser.newPage();
        await page.setViewport({ width: 1280, height: 720 });
        await page.goto(addressOf(`http://127.0.0.1:${port}/`));
        await delay(WARM_UP_MILLISECONDS);
        const pids = { browser: browser.process()!.pid!, server: child.pid };
        const nodes = await nodesOf(page, name);
        const used = await usage(pids, 60_000 * Number(options.minutes));
        const moving = way === "wall" ? await movingTiles(page) : "";
        const after = await nodesOf(page, name);
        const kept = nodes === "" ? "" : `; ${nodes}, then ${after}`;
        console.log(`${name}, ${way}: ${used}${moving}${kept}`);
      } finally {
        await browser.close();
        child.kill();
        await child.status;
      }
    }
  }
}

async function firstText(stream: ReadableStream<Uint8Array>): Promise<string> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  const { value = "" } = await reader.read();
  return value.trim();
}

/** Nodes and listeners of a page, where the browser tells them. */
async function nodesOf(page: Page, browser: string): Promise<string> {
  if (browser !== "Chromium") return "";
  const { Nodes, JSEventListeners } = await page.metrics();
  return `${Nodes} nodes and ${JSEventListeners} listeners`;
}

/** Shares of a core, and megabytes again and again. */
async function usage(
  pids: Record<string, number>,
  milliseconds: number,
): Promise<string> {
  const all = Object.entries(pids);
  const before = all.map(([_, pid]) => processorSeconds(processTree(pid)));
  const megabytes = all.map(([_, pid]) => [treeMegabytes(processTree(pid))]);
  const start = performance.now();
  for (let sample = 1; sample <= SAMPLES; sample++) {
    await delay(milliseconds / SAMPLES);
    all.forEach(([_, pid], i) =>
      megabytes[i].push(treeMegabytes(processTree(pid)))
    );
  }
  const seconds = (performance.now() - start) / 1000;
  return all.map(([name, pid], i) => {
    const used = processorSeconds(processTree(pid)) - before[i];
    const share = (100 * used / seconds).toFixed(1);
    const memory = megabytes[i].map((value) => value.toFixed()).join(" ");
    const growth = slope(megabytes[i]) * SAMPLES * 60_000 / milliseconds;
    return `${name} ${share} % of a core, ${memory} MB, ` +
      `${growth.toFixed(1)} MB a minute`;
  }).join("; ");
}

/** How much values grow from one to the next, by least squares. */
function slope(values: number[]): number {
  const middle = (values.length - 1) / 2;
  const squares = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  const products = values.reduce(
    (sum, value, at) => sum + (at - middle) * value,
    0,
  );
  return products / squares;
}

/** Tiles that change within ten seconds, and all. */
async function movingTiles(page: Page): Promise<string> {
  const looks = () =>
    page.$$eval(
      "#channels canvas",
      (all) =>
        all.map((canvas) =>
          (canvas as unknown as { toDataURL(): string }).toDataURL()
        ),
    );
  const first = await looks(), moved = new Set<number>();
  for (let i = 0; i < 10 && moved.size < first.length; i++) {
    await delay(1000);
    (await looks()).forEach((look, at) => {
      if (look !== first[at]) moved.add(at);
    });
  }
  return `; ${moved.size} of ${first.length} tiles move`;
}

if (import.meta.main) await main(Deno.args);
