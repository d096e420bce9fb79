import { dirname, resolve } from "@std/path";
import type { ServiceAction } from "../options/service_action.ts";
import { groupNumber } from "./group_number.ts";
import { ownCommand } from "./own_command.ts";
import { SERVICE_GROUP, unitText } from "./unit.ts";

const UNIT = "gifstream.service";
const UNIT_FILE = `/etc/systemd/system/${UNIT}`;
/** It is there if systemd runs the machine. */
const SYSTEMD_FOLDER = "/run/systemd/system";
/** Folders that the service does not see, or sees another of. */
const HIDDEN_FOLDERS = ["/home", "/root", "/run/user", "/tmp", "/var/tmp"];

const READABLE_BY_ALL = 0o004, ENTERED_BY_ALL = 0o001;
const READABLE_BY_GROUP = 0o040, ENTERED_BY_GROUP = 0o010;

/** The command line that the unit is made for. */
interface ServiceOptions {
  /** The arguments of the program, without `--service`. */
  args: readonly string[];
  /** The file of options, if one is given. */
  configFile: string | undefined;
}

/**
 * Prints, installs or removes the unit of systemd that runs this program with
 * these arguments for as long as the machine is up.
 *
 * @param given The arguments of the program.
 * @returns The text to print.
 * @throws {Error} If it cannot: the message says what to do.
 */
export async function service(
  action: ServiceAction,
  given: readonly string[],
): Promise<string> {
  const args = without(given, "--service");
  const options = { args, configFile: valueOf(given, "--config") };
  if (action === "print") return textOf(options).trimEnd();
  await checkSystem(action);
  if (action === "remove") {
    await systemctl("disable", "--now", UNIT);
    await Deno.remove(UNIT_FILE);
    await systemctl("daemon-reload");
    return `Removed ${UNIT_FILE}: gifstream has ended`;
  }
  for (const file of ownCommand().files) checkSeen(file);
  const { configFile } = options;
  const group = await serviceGroup();
  if (configFile !== undefined) await letRead(resolve(configFile), group);
  await Deno.writeTextFile(UNIT_FILE, textOf(options));
  await systemctl("daemon-reload");
  await systemctl("enable", UNIT);
  await systemctl("restart", UNIT);
  return `Installed ${UNIT_FILE}: gifstream runs, and will whenever this ` +
    "machine does. Its log: journalctl -u gifstream";
}

/** Arguments without an option and its value. */
function without(args: readonly string[], option: string): string[] {
  return args.filter((arg, i) =>
    arg !== option && args[i - 1] !== option && !arg.startsWith(`${option}=`)
  );
}

/** The value of an option; undefined if it is not given. */
function valueOf(args: readonly string[], option: string): string | undefined {
  const joined = args.find((arg) => arg.startsWith(`${option}=`));
  if (joined !== undefined) return joined.slice(option.length + 1);
  const at = args.indexOf(option);
  return at < 0 ? undefined : args[at + 1];
}

function textOf({ args, configFile }: ServiceOptions): string {
  const { command, isLoaded } = ownCommand();
  const folder = Deno.cwd();
  return unitText({
    name: "gifstream",
    command: [
      ...command,
      ...args.map((arg) => withWholePath(arg, configFile)),
    ],
    workingFolder: folder === "/" || hiddenFolder(folder) !== undefined
      ? undefined
      : folder,
    isLoaded,
  });
}

/** An argument; the file of options by its whole path. */
function withWholePath(arg: string, configFile: string | undefined): string {
  if (configFile === undefined) return arg;
  if (arg === configFile) return resolve(arg);
  const option = "--config=";
  return arg === option + configFile ? option + resolve(configFile) : arg;
}

async function checkSystem(action: ServiceAction): Promise<void> {
  const cannot = `Cannot ${action} the service: expected`;
  try {
    await Deno.stat(SYSTEMD_FOLDER);
  } catch {
    throw new Error(`${cannot} a machine that systemd runs, found none`);
  }
  if (Deno.uid() !== 0) {
    throw new Error(`${cannot} root, found another user; put sudo before it`);
  }
}

/** The folder in the path that the service does not see. */
function hiddenFolder(path: string): string | undefined {
  return HIDDEN_FOLDERS.find((folder) => `${path}/`.startsWith(`${folder}/`));
}

function checkSeen(file: string): void {
  const folder = hiddenFolder(Deno.realPathSync(file));
  if (folder === undefined) return;
  throw new Error(
    `Cannot install the service: expected ${file} in a folder that every ` +
      `user can read, as /usr/local/bin, found it in ${folder}`,
  );
}

async function serviceGroup(): Promise<number> {
  try {
    return await groupNumber(SERVICE_GROUP);
  } catch {
    await run("groupadd", ["--system", SERVICE_GROUP]);
    return await groupNumber(SERVICE_GROUP);
  }
}

/** Lets the service read a file that has passwords in it, and nobody else. */
async function letRead(file: string, group: number): Promise<void> {
  await add(dirname(file), ENTERED_BY_ALL, ENTERED_BY_GROUP, group);
  await add(file, READABLE_BY_ALL, READABLE_BY_GROUP, group);
}

async function add(
  path: string,
  all: number,
  bits: number,
  group: number,
): Promise<void> {
  const { mode, uid } = await Deno.stat(path);
  if (mode === null || (mode & all) !== 0) return;
  await Deno.chown(path, uid, group);
  await Deno.chmod(path, (mode & 0o7777) | bits);
}

async function systemctl(...args: string[]): Promise<void> {
  await run("systemctl", args);
}

async function run(program: string, args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, {
    args,
    stdin: "null",
    stdout: "null",
  }).output();
  if (success) return;
  const words = new TextDecoder().decode(stderr).trim();
  throw new Error(`${program} ${args.join(" ")} failed: ${words}`);
}
