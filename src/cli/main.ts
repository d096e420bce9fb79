import { deadline } from "@std/async/deadline";
import { delay } from "@std/async/delay";
import type { Channel } from "../channel/channel.ts";
import { Channels } from "../channel/channels.ts";
import { ViewerLimit } from "../channel/viewers/viewer_limit.ts";
import { catchAll } from "../log/catch_all.ts";
import { Faults } from "../log/faults.ts";
import { Publishing } from "../publish/thread/publishing.ts";
import { errorMessage } from "../system/error_message.ts";
import { loadModule } from "../system/load_module.ts";
import { VERSION } from "../system/version.ts";
import { aborted } from "../timing/aborted.ts";
import { EventLoopDelay } from "../timing/event_loop_delay.ts";
import { channelMaker } from "./lineup/channel_maker.ts";
import { completionsFor, type Shell } from "./completions/completions.ts";
import { watchFiles } from "./config/watch_files.ts";
import { type Environment, readEnvironment } from "./config/environment.ts";
import { printedConfig } from "./config/print_config.ts";
import { readSettings, type Settings } from "./config/settings.ts";
import { Hidden } from "./hidden.ts";
import { checkOptions } from "./lineup/check_options.ts";
import { inputKind } from "./lineup/input.ts";
import { Lineup } from "./lineup/lineup.ts";
import type { PlannedInput } from "./lineup/planned_input.ts";
import { listen, warnIfOpen } from "./listen.ts";
import { type CommandLine, readCommandLine } from "./options/command_line.ts";
import { helpText } from "./options/help.ts";
import { ruleOf, switchValue, textValue } from "./options/option_values.ts";
import { type CliOptions, valueIn } from "./options/options.ts";
import { UsageError } from "./options/usage_error.ts";
import type { Report } from "./output/report.ts";
import { terminalReport } from "./output/terminal.ts";
import { sayUsage, wantsJson } from "./output/usage.ts";
import { planInputs } from "./lineup/plan_inputs.ts";
import { Reload } from "./reload.ts";
import { type Admission, handlerOptions, readAdmission } from "./serving.ts";
import type { ServiceAction } from "./options/service_action.ts";
import type { ReachOptions } from "./options/access_options.ts";
import { givenSocket } from "./service/given_socket.ts";
import { checkUnitLine } from "./service/check_unit_line.ts";
import { service } from "./service/service.ts";
import { serviceManager } from "./service/service_manager.ts";
import { onStopSignal } from "./signals.ts";
import { checkWorkers } from "./workers.ts";

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
  const secrets = new Hidden(args.map(valueIn));
  let environment: Environment | undefined;
  try {
    const line = readCommandLine(args);
    const shown = shownInstead(line);
    if (shown !== undefined) {
      console.log(shown);
      return 0;
    }
    environment = readEnvironment();
    const settings = await readSettings(line, environment);
    secrets.add(settings.texts);
    if (switchValue(line.values.get("print-config"))) {
      for (const warning of environment.warnings) console.error(warning);
      console.log(printedConfig(settings.options, secrets.hide));
      return 0;
    }
    const action = settings.options.service;
    if (action !== undefined) {
      checkUnitLine(line);
      return await serviceDone(action, args);
    }
    const start = { line, environment, settings, secrets };
    return isExamined ? await examine(start) : await run(start);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    sayUsage(secrets.hide(error.message), wantsJson(args, environment));
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

/** The text that is shown instead of running, if any is asked for. */
function shownInstead({ shows, values }: CommandLine): string | undefined {
  if (shows === "help") return helpText(VERSION).trimEnd();
  if (shows === "version") return `gifstream ${VERSION}`;
  const shell = textValue(ruleOf("completions"), values.get("completions"));
  return shell === undefined ? undefined : completionsFor(shell as Shell);
}

/** All that the program was told, and from where. */
interface Start {
  line: CommandLine;
  environment: Environment;
  settings: Settings;
  secrets: Hidden;
}

async function run(given: Start): Promise<number> {
  const { settings: { options }, secrets: { hide } } = given;
  const report = terminalReport(options.log, hide);
  // Each by itself, since a report limits its warnings.
  for (const warning of given.environment.warnings) {
    report.about({ kind: "program" }).warn(warning);
  }
  const faults = new Faults((kind, error) => report.fault(kind, error));
  const letThrough = catchAll(faults);
  try {
    return await start(given, { report, faults, hide });
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
  { settings: { options }, environment, secrets }: Start,
): Promise<number> {
  const inputs = await Promise.all(options.inputs.map(async (given) => {
    try {
      const own = given.own?.options ?? options;
      return { ...given, kind: await inputKind(given.input, own) };
    } catch (error) {
      return { ...given, kind: undefined, problem: error };
    }
  }));
  checkOptions(options, inputs);
  checkWorkers(options);
  // Who serves viewers does without it.
  const { doctor } = await loadModule(() => import("./doctor/doctor.ts"));
  // It goes on in silence when nobody reads, as behind | head.
  const write = (text: string) => console.log(text.replace(/\n$/, ""));
  return await doctor(options, inputs, environment, secrets.hide, write);
}

/** The listeners of the program. */
interface Telling {
  report: Report;
  faults: Faults;
  /** Removes secrets from a message. */
  hide: (text: string) => string;
}

async function start(given: Start, telling: Telling): Promise<number> {
  const { options } = given.settings;
  const { report } = telling;
  let inputs: PlannedInput[];
  try {
    inputs = await planInputs(options);
  } catch (error) {
    report.error(errorMessage(error));
    return 1;
  }
  checkOptions(options, inputs);
  if (options.output !== undefined) {
    return await record(options, inputs, report);
  }
  checkWorkers(options);
  return await serve(given, inputs, telling);
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

async function serve(
  given: Start,
  inputs: PlannedInput[],
  telling: Telling,
): Promise<number> {
  const { environment, settings, secrets } = given;
  const { report, faults } = telling;
  const socket = givenSocket(settings.options);
  const options = { ...settings.options };
  // The permissions of its folder decide who can reach a Unix socket.
  options.trustProxy ||= socket?.isUnix === true;
  let reach: ReachOptions = options;
  const manager = serviceManager((message) => report.warn(message));
  const channels = new Channels([], { faults });
  const viewerLimit = new ViewerLimit(options.maxViewers);
  let current = options;
  const makeChannel = channelMaker(() => current, viewerLimit, faults);
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
  let admission: Admission;
  try {
    const asked = [...channels].some(takesFrames);
    admission = await readAdmission(options, environment.secrets, asked);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    report.error(errorMessage(error));
    return 1;
  }
  const handler = handlerOptions(options, () => admission, {
    ...{ channels, makeChannel, takesFrames, report, faults },
    ...{ published, eventLoopDelay },
    optionsOf: (channel) => lineup.optionsOf(channel),
  });
  const reload = new Reload({
    ...{ ...given, lineup, report, faults },
    onRead: ({ texts }) => secrets.add(texts),
    onTaken: (options, admitted) => {
      [current, admission] = [options, admitted];
      warnIfOpen(reach, admission, report);
      viewerLimit.change(options.maxViewers);
    },
  });
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
  const { file } = settings;
  const listening = listen(options, channels, handler, report, begin, socket);
  const forget = onStopSignal(() => stop.abort(), async () => {
    reload.start();
    await (await listening)?.renewal?.renew();
  });
  const server = await listening;
  if (server === undefined) return 1;
  server.renewal?.run(stop.signal).catch((error) =>
    faults.note("program", error)
  );
  reach = server.reach;
  warnIfOpen(reach, admission, report);
  publishing.start();
  manager.ready();
  if (file !== undefined) {
    report.info(`Taking changes of ${file} as they come`);
    watchFiles([file], () => reload.start(), stop.signal)
      .catch((error) => faults.note("program", error));
  }
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
