import { deadline } from "@std/async/deadline";
import { delay } from "@std/async/delay";
import type { Channel } from "../channel/channel.ts";
import { Channels } from "../channel/channels.ts";
import type { HandlerOptions } from "../http/routing/handler_options.ts";
import { Faults } from "../log/faults.ts";
import { SecretWords } from "../source/secrets/secret_words.ts";
import { Publishing } from "../publish/thread/publishing.ts";
import { errorMessage } from "../system/error_message.ts";
import { loadModule } from "../system/load_module.ts";
import { VERSION } from "../system/version.ts";
import { aborted } from "../timing/aborted.ts";
import { EventLoopDelay } from "../timing/event_loop_delay.ts";
import { channelMaker } from "./channel_maker.ts";
import { inputsOfFile } from "./input_file.ts";
import { checkOptions, inputKind } from "./input.ts";
import { Lineup, type PlannedInput } from "./lineup.ts";
import { listen } from "./listen.ts";
import { helpText } from "./options/help.ts";
import type { GivenInput } from "./options/named_input.ts";
import { type CliOptions, parseOptions, valueIn } from "./options/options.ts";
import { UsageError } from "./options/usage_error.ts";
import { printable, type Report } from "./output/report.ts";
import { withRedisFiles } from "./redis_files.ts";
import { catchAll } from "../log/catch_all.ts";
import { terminalReport } from "./output/terminal.ts";
import { handlerOptions } from "./serving.ts";
import { checkWorkers } from "./workers.ts";
import type { ServiceAction } from "./options/service_action.ts";
import { service } from "./service/service.ts";
import { serviceManager } from "./service/service_manager.ts";
import { onStopSignal } from "./signals.ts";

/** The word before a command line that is only looked at. */
const DOCTOR = "doctor";
/** Time for the threads of sources to start before the server does. */
const PREPARING_MILLISECONDS = 2000;
/**
 * Time for viewers to receive the end of their GIF, and for sources to end,
 * before the program exits.
 */
const GOODBYE_MILLISECONDS = 4000;
/** Time for the last lines of the log to be read. */
const DRAIN_MILLISECONDS = 500;

/**
 * Runs the program until it is told to stop.
 *
 * @param args The command line, without the program's name.
 * @returns The exit code: 0, 1 after a failure, 2 for a bad command line.
 */
export async function main(args: string[]): Promise<number> {
  const isExamined = args[0] === DOCTOR;
  if (isExamined) args = args.slice(1);
  let secrets = new SecretWords(args.map(valueIn));
  const hide = (text: string) => secrets.hide(text);
  try {
    const more = await inputsOfFile(args);
    secrets = new SecretWords([...args, ...more].map(valueIn));
    const options = parseOptions(args, more);
    if (options === "help") console.log(helpText(VERSION));
    else if (options === "version") console.log(`gifstream ${VERSION}`);
    else if (options.service !== undefined) {
      return await serviceDone(options.service, args);
    } else {
      const all = await withRedisFiles(options);
      const addresses = [...all.inputs, ...all.publish].map((given) =>
        "input" in given ? given.input : given.address
      );
      secrets = new SecretWords([...args, ...more, ...addresses].map(valueIn));
      return isExamined ? await examine(all, hide) : await run(all, hide);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const message = printable(hide(error.message));
    console.error(`gifstream: ${message}\nSee gifstream --help.`);
    return 2;
  }
}

/** Prints, installs or removes the service, and tells what came of it. */
async function serviceDone(
  action: ServiceAction,
  args: string[],
): Promise<number> {
  try {
    console.log(await service(action, args));
    return 0;
  } catch (error) {
    console.error(`gifstream: ${errorMessage(error)}`);
    return 1;
  }
}

async function run(
  options: CliOptions,
  hide: (text: string) => string,
): Promise<number> {
  const report = terminalReport(options.log, hide);
  const faults = new Faults((kind, error) => report.fault(kind, error));
  const letThrough = catchAll(faults);
  try {
    return await start(options, { report, faults, hide });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // Otherwise Deno would write it, and block while nobody reads it.
    faults.note("program", error);
    return 1;
  } finally {
    await report.drain(DRAIN_MILLISECONDS);
    letThrough();
  }
}

/** Says what keeps the program from running, instead of running it. */
async function examine(
  options: CliOptions,
  hide: (text: string) => string,
): Promise<number> {
  const inputs = await Promise.all(options.inputs.map(async (given) => {
    try {
      return { ...given, kind: await inputKind(given.input, options) };
    } catch (error) {
      return { ...given, kind: undefined, problem: error };
    }
  }));
  checkOptions(options, inputs);
  checkWorkers(options);
  // Who serves viewers does without it.
  const { doctor } = await loadModule(() => import("./doctor/doctor.ts"));
  return await doctor(options, inputs, hide, (text) => {
    Deno.stdout.writeSync(new TextEncoder().encode(text));
  });
}

/** The listeners of the program. */
interface Telling {
  report: Report;
  faults: Faults;
  /** Removes secrets from a message. */
  hide: (text: string) => string;
}

async function start(options: CliOptions, telling: Telling): Promise<number> {
  const { report } = telling;
  let inputs: PlannedInput[];
  try {
    inputs = await Promise.all(
      options.inputs.map((given) => lookAt(given, options)),
    );
  } catch (error) {
    report.error(errorMessage(error));
    return 1;
  }
  checkOptions(options, inputs);
  if (options.output !== undefined) {
    return await record(options, inputs, report);
  }
  checkWorkers(options);
  return await serve(options, inputs, telling);
}

/** Writes the input to a file. */
async function record(
  options: CliOptions,
  inputs: PlannedInput[],
  report: Report,
): Promise<number> {
  const [{ input, kind }] = inputs;
  if (inputs.length !== 1 || kind === undefined) {
    throw new UsageError(
      `Option --output takes one INPUT: ${inputs.length} are given`,
    );
  }
  // What serves viewers does without an encoder.
  const { writeFilm } = await loadModule(() => import("./file/write_film.ts"));
  const stop = new AbortController();
  const forget = onStopSignal(() => stop.abort());
  try {
    return await writeFilm(input, kind, options, report, stop.signal);
  } finally {
    forget();
  }
}

/**
 * Looks at an input; one of several that cannot be read is tried again later.
 */
async function lookAt(
  given: GivenInput,
  options: CliOptions,
): Promise<PlannedInput> {
  try {
    return { ...given, kind: await inputKind(given.input, options) };
  } catch (error) {
    if (options.inputs.length === 1) throw error;
    return { ...given, kind: undefined };
  }
}

async function serve(
  options: CliOptions,
  inputs: PlannedInput[],
  telling: Telling,
): Promise<number> {
  const { report, faults } = telling;
  const manager = serviceManager((message) => report.warn(message));
  const channels = new Channels();
  const makeChannel = channelMaker(options, faults);
  const context = { channels, makeChannel, options, ...telling };
  const lineup = new Lineup(inputs, context);
  const takesFrames = (channel: Channel) => lineup.takesFrames(channel);
  const places = report.about({ kind: "place" });
  const publishing = new Publishing({
    channels,
    places: options.publish,
    // What comes from Redis would go in a circle.
    isPublished: (channel, { kind }) =>
      kind !== "redis" || !lineup.isFromRedis(channel),
    faults,
    onNotice: (message) => report.info(message),
    onWarning: (message) => places.error(message),
  });
  const published = () => publishing.status;
  using lateness = new EventLoopDelay();
  const eventLoopDelay = () => lateness.read();
  let handler: HandlerOptions;
  try {
    const served = {
      ...{ channels, makeChannel, takesFrames, report, faults },
      ...{ published, eventLoopDelay },
    };
    handler = await handlerOptions(options, served);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    report.error(errorMessage(error));
    return 1;
  }
  // A source that cannot be prepared says why when it starts.
  await deadline(lineup.prepare(), PREPARING_MILLISECONDS).catch(() => {});
  const stop = new AbortController();
  let exitCode = 0;
  let fed: Promise<void> | undefined;
  const begin = async () => {
    fed = lineup.run(stop.signal).catch((error) => {
      report.error(errorMessage(error));
      exitCode = 1;
      stop.abort();
    });
    await deadline(lineup.begun, PREPARING_MILLISECONDS).catch(() => {});
  };
  const forget = onStopSignal(() => stop.abort());
  const server = await listen(options, channels, handler, report, begin);
  if (server === undefined) return 1;
  publishing.start();
  manager.ready();
  const endStatus = report.showStatus(
    channels,
    (channel) => lineup.droppedFrames(channel),
  );
  await aborted(stop.signal);
  manager.stopping();
  endStatus();
  const unpublished = publishing.close();
  channels.close();
  const goodbye = Promise.all([server.shutdown(), fed, unpublished]);
  await Promise.race([goodbye, delay(GOODBYE_MILLISECONDS)]);
  forget();
  return exitCode;
}
