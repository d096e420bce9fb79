import { delay } from "@std/async/delay";
import { basename } from "@std/path";
import deno from "../../deno.json" with { type: "json" };
import { Channel } from "../channel/channel.ts";
import { Channels } from "../channel/channels.ts";
import { GifError } from "../gif/error.ts";
import { withoutPasswords } from "../source/ffmpeg_words.ts";
import { checkOptions, type InputKind, inputKind } from "./input.ts";
import { listen } from "./listen.ts";
import { helpText } from "./help.ts";
import {
  type CliOptions,
  parseOptions,
  STDIN_INPUT,
  TEST_INPUT,
} from "./options.ts";
import { UsageError } from "./usage_error.ts";
import { printable, type Report } from "./report.ts";
import { onStopSignal } from "./signals.ts";
import { type Frames, openSource } from "./source.ts";
import { terminalReport } from "./terminal.ts";

/** Time that viewers have to take their GIF's end before the program goes. */
const GOODBYE_MILLISECONDS = 1500;

/**
 * Runs the program until it is told to stop.
 *
 * @param args The command line, without the program's name.
 * @returns The exit code: 0, 1 for what failed, 2 for a bad command line.
 */
export async function main(args: string[]): Promise<number> {
  try {
    const options = parseOptions(args);
    if (options === "help") console.log(helpText(deno.version));
    else if (options === "version") console.log(`gifstream ${deno.version}`);
    else return await run(options);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const message = printable(error.message);
    console.error(`gifstream: ${message}\nSee gifstream --help.`);
    return 2;
  }
}

async function run(options: CliOptions): Promise<number> {
  const report = terminalReport(options.log);
  let kind: InputKind;
  try {
    kind = await inputKind(options);
  } catch (error) {
    report.error(messageOf(error));
    return 1;
  }
  checkOptions(options, kind);
  return await serve(options, kind, report);
}

async function serve(
  options: CliOptions,
  kind: InputKind,
  report: Report,
): Promise<number> {
  const channel = new Channel({
    title: channelTitle(options.input),
    delayCentiseconds: options.delayCentiseconds,
    backlogSeconds: options.backlogSeconds,
    maxSubscribers: options.maxViewers,
    stallTimeoutMilliseconds: options.stallTimeoutSeconds * 1000,
    onResize: options.onResize,
    keepDuplicates: options.keepDuplicates,
  });
  const stop = new AbortController();
  const server = await listen(options, new Channels([channel]), report);
  if (server === undefined) return 1;
  const forget = onStopSignal(() => stop.abort());
  const source = openSource(options, kind, {
    onWarning: (message) => report.warn(message),
    onNotice: (message) => report.info(message),
  }, stop.signal);
  const endStatus = report.follow(channel, source.stats);
  let exitCode = 0;
  try {
    // A source may be stuck in a read that nothing can end.
    await Promise.race([
      publish(source, channel, report, stop.signal),
      aborted(stop.signal),
    ]);
  } catch (error) {
    report.error(messageOf(error));
    exitCode = 1;
  }
  endStatus();
  channel.close();
  await Promise.race([server.shutdown(), delay(GOODBYE_MILLISECONDS)]);
  forget();
  return exitCode;
}

/** What the page calls what is on air. */
function channelTitle(input: string): string {
  if (input === TEST_INPUT) return "Test pattern";
  if (input === STDIN_INPUT) return "Standard input";
  // The folder's own name could be "." and asking for more needs permission.
  const name = basename(withoutPasswords(input).replace(/[?#].*$/, ""))
    .replace(/\.gif$/i, "");
  return /^[./\\]*$/.test(name) ? "Live" : name;
}

/** Publishes what the source gives, then waits to be told to stop. */
async function publish(
  source: Frames,
  channel: Channel,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  let first = true;
  for await (const { frame, name, timestampMilliseconds } of source) {
    try {
      channel.publishFrame(frame, { timestampMilliseconds });
    } catch (error) {
      if (!(error instanceof GifError)) throw error;
      report.warn(
        name === undefined ? error.message : `${name}: ${error.message}`,
      );
      continue;
    }
    if (!first) continue;
    first = false;
    const { width, height } = frame.screen;
    report.info(`On air: ${width}x${height} pixels`);
  }
  if (signal.aborted) return;
  report.info("The input has ended: the last picture stays until Ctrl-C");
  await aborted(signal);
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => resolve(), { once: true });
  return promise;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
