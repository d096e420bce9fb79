import { type Faults, isFault } from "../log/faults.ts";
import { errorMessage } from "../system/error_message.ts";
import { readSettings, type Settings } from "./config/settings.ts";
import type { Environment } from "./config/environment.ts";
import { checkOptions } from "./lineup/check_options.ts";
import type { Lineup, LineupChange } from "./lineup/lineup.ts";
import type { CommandLine } from "./options/command_line.ts";
import type { GivenValues } from "./options/given_values.ts";
import { OPTIONS } from "./options/option_table.ts";
import type { CliOptions } from "./options/options.ts";
import type { Report } from "./output/report.ts";
import { planInputs } from "./lineup/plan_inputs.ts";
import { type Admission, readAdmission } from "./serving.ts";

/** Options of {@linkcode Reload}. */
export interface ReloadOptions {
  line: CommandLine;
  environment: Environment;
  /** The settings that the program was started with. */
  settings: Settings;
  lineup: Lineup;
  report: Report;
  faults: Faults;
  /** Called with settings that are about to count. */
  onRead: (settings: Settings) => void;
  /** Called with settings that count now, and who may do what by them. */
  onTaken: (options: CliOptions, admission: Admission) => void;
}

/** Reads the configuration again while the program runs. */
export class Reload {
  readonly #options: ReloadOptions;
  #running = Promise.resolve();
  #isWaiting = false;

  constructor(options: ReloadOptions) {
    this.#options = options;
  }

  /**
   * Takes what has changed, one reading after another; what is bad changes
   * nothing, and the log says why.
   */
  start(): void {
    // What is read then has all changes until then.
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#running = this.#running.then(async () => {
      this.#isWaiting = false;
      await this.#run();
    });
  }

  async #run(): Promise<void> {
    const { line, environment, lineup, report, faults } = this.#options;
    const { onRead, onTaken } = this.#options;
    try {
      const settings = await readSettings(line, environment);
      onRead(settings);
      const { options } = settings;
      const inputs = await planInputs(options);
      checkOptions(options, inputs);
      const takesFrames = inputs.some(({ kind }) => kind === "ingest");
      const { secrets } = environment;
      const admission = await readAdmission(options, secrets, takesFrames);
      onTaken(options, admission);
      const change = await lineup.change(inputs, options);
      report.info(`Configuration read again: ${inWords(change)}`);
      this.#sayWhatWaits(options.given);
    } catch (error) {
      report.error(
        `Configuration not taken, all goes on as before: ${
          errorMessage(error)
        }`,
      );
      if (isFault(error)) faults.note("program", error);
    }
  }

  #sayWhatWaits(given: GivenValues): void {
    const { settings, report } = this.#options;
    const before = settings.options.given;
    const names = OPTIONS.filter(({ name, live, ofInput, onlyHere }) =>
      !live && !ofInput && !onlyHere && name !== "input-file" &&
      textsOf(before, name) !== textsOf(given, name)
    ).map(({ name }) => name);
    if (names.length === 0) return;
    report.warn(
      `Taken only when the program starts again: ${names.join(", ")}`,
    );
  }
}

function textsOf(given: GivenValues, name: string): string | undefined {
  return given.get(name)?.texts.join("\n");
}

function inWords(change: LineupChange): string {
  const counts: [number, string][] = [
    [change.added, "added"],
    [change.restarted, "restarted"],
    [change.replaced, "replaced"],
    [change.removed, "removed"],
    [change.unchanged, "unchanged"],
  ];
  const some = counts.filter(([count]) => count > 0);
  if (some.length === 0) return "no input";
  return `inputs: ${some.map((each) => each.join(" ")).join(", ")}`;
}
