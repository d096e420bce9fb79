import { delay } from "@std/async/delay";
import { Program } from "../../../tests/support/program/program.ts";
import { goodColor, goodGif } from "../check/good_gif.ts";
import { Health } from "./health.ts";
import { LogCounts } from "./log_counts.ts";
import {
  folderSender,
  ingestSender,
  type Sender,
  stdinSender,
} from "./senders.ts";
import { Viewer } from "./viewer.ts";

const TOKEN = "fuzz";
const MAX_HEALTH_MILLISECONDS = 1000;
/** Time for a good GIF to be seen. */
const SEEN_MILLISECONDS = 10_000;
/** Before another copy is sent: a comment that is cut short swallows some. */
const COPY_MILLISECONDS = 400;
const MAX_COPIES = 40;

/** What was wrong, and with which way in. */
export interface Problem {
  way: string;
  message: string;
}

/** A way in and the viewer at its end. */
interface Lane {
  sender: Sender;
  viewer: Viewer;
  /** Good GIFs that had to be sent again. */
  copies: number;
}

/** A running gifstream with three inputs, each with a viewer. */
export class LiveTrial implements AsyncDisposable {
  /** True once the program has ended, or a viewer has. */
  isOver = false;
  readonly #program: Program;
  readonly #folder: string;
  readonly #address: string;
  /** What the program says of each channel at the end. */
  #counts = new Map<string, string>();
  readonly #lanes: Lane[];
  readonly #health: Health;
  #good = 0x010101;
  #peakMegabytes = 0;

  private constructor(program: Program, folder: string, address: string) {
    this.#program = program;
    this.#folder = folder;
    this.#address = address;
    this.#health = new Health(address);
    const senders = [
      stdinSender(program.process.stdin),
      folderSender(folder),
      ingestSender(address, TOKEN),
    ];
    this.#lanes = senders.map((sender) => ({
      sender,
      viewer: new Viewer(`${address}/${sender.name}.gif`),
      copies: 0,
    }));
    program.process.status.then(() => this.isOver = true);
  }

  /**
   * Starts the program.
   *
   * @param onResize Its answer to a new size.
   */
  static async start(onResize: string): Promise<LiveTrial> {
    const folder = await Deno.makeTempDir({ prefix: "gifstream-fuzz-" });
    const program = new Program({
      args: [
        ...["stdin=-", `folder=${folder}`, "ingest=ingest:", "--port", "0"],
        ...["--on-resize", onResize],
      ],
      stdin: "piped",
      env: { GIFSTREAM_TOKEN: TOKEN },
    });
    return new LiveTrial(program, folder, await program.address());
  }

  /** Images that all viewers have got. */
  get images(): number {
    return this.#lanes.reduce((sum, { viewer }) => sum + viewer.images, 0);
  }

  /** Sends inputs, a third of them each way, then a good GIF each way. */
  async send(files: Uint8Array[]): Promise<Problem[]> {
    const worst = this.#health.worstMilliseconds;
    const problems: Problem[] = [];
    await Promise.all(this.#lanes.map(async (lane, i) => {
      const mine = files.filter((_, number) => number % 3 === i);
      const way = lane.sender.name;
      try {
        const message = await this.#sendTo(lane, mine);
        if (message !== undefined) problems.push({ way, message });
      } catch (error) {
        this.isOver = true;
        const message = error instanceof Error ? error.message : `${error}`;
        problems.push({ way, message });
      }
    }));
    const health = this.#health.worstMilliseconds;
    if (health > worst && health > MAX_HEALTH_MILLISECONDS) {
      const message = `healthz took ${health.toFixed(0)} ms`;
      problems.push({ way: "any", message });
    }
    await this.#lookAtMemory();
    return problems;
  }

  /** Ends the program and tells what was wrong. */
  async end(): Promise<string[]> {
    const problems: string[] = [];
    const wasOver = this.isOver;
    await this.#health.end().catch((error) => problems.push(`${error}`));
    await this.#readCounts().catch((error) => problems.push(`${error}`));
    for (const { viewer } of this.#lanes) viewer.leave();
    for (const { viewer, sender } of this.#lanes) {
      await viewer.done.catch((error) =>
        problems.push(`the viewer of ${sender.name}: ${error}`)
      );
    }
    const code = wasOver
      ? await Promise.race([this.#program.exitCode(), delay(1000)])
      : await this.#program.stop();
    if (code !== 0) problems.push(`the program ended with ${code}`);
    const { faults } = new LogCounts(this.#program.errorText);
    if (faults.length > 0) problems.push(`faults:\n${faults.join("\n")}`);
    return problems;
  }

  /** The counts for people. */
  report(): string[] {
    const lines = this.#lanes.map(({ sender, viewer, copies }) => {
      const answers = [...sender.answers].sort()
        .map(([kind, count]) => `${count} x ${kind}`);
      const { name } = sender;
      return `  ${name}: ${
        this.#counts.get(name)
      }; ${viewer.gifs} GIFs and ${viewer.images} ` +
        `images seen, ${viewer.bytes} bytes; ${copies} good GIFs sent again` +
        (answers.length > 0 ? `; answers ${answers.join("; ")}` : "");
    });
    const { worstMilliseconds, answers } = this.#health;
    return [
      ...lines,
      `  healthz: ${answers} answers, the slowest after ` +
      `${worstMilliseconds.toFixed(0)} ms; memory up to ` +
      `${this.#peakMegabytes} MB`,
      "  log:",
      ...new LogCounts(this.#program.errorText).lines()
        .map((line) => `    ${line}`),
    ];
  }

  async #sendTo(lane: Lane, files: Uint8Array[]): Promise<string | undefined> {
    const { sender, viewer } = lane;
    for (const file of files) await sender.send(file);
    const number = this.#good++;
    const color = goodColor(number);
    await sender.send(goodGif(number));
    const copies = sender.name === "stdin" ? MAX_COPIES : 0;
    for (let i = 0; i < copies; i++) {
      if (await viewer.sees(color, COPY_MILLISECONDS)) break;
      lane.copies++;
      await sender.send(goodGif(number));
    }
    if (!await viewer.sees(color, SEEN_MILLISECONDS)) {
      return "a good GIF is not seen";
    }
    await sender.tidy();
    return undefined;
  }

  async #readCounts(): Promise<void> {
    const response = await fetch(`${this.#address}/api/channels`);
    const { channels } = await response.json();
    for (const { name, frames, refusedFrames, skippedFrames } of channels) {
      this.#counts.set(
        name,
        `${frames} frames taken, ${refusedFrames} refused, ` +
          `${skippedFrames} skipped`,
      );
    }
  }

  async #lookAtMemory(): Promise<void> {
    try {
      const { pid } = this.#program.process;
      const status = await Deno.readTextFile(`/proc/${pid}/status`);
      const [, kilobytes] = status.match(/VmHWM:\s+(\d+)/) ?? [];
      this.#peakMegabytes = Math.round(Number(kilobytes) / 1024);
    } catch {
      // There is no such file elsewhere, or the program has ended.
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]();
    await Deno.remove(this.#folder, { recursive: true });
  }
}
