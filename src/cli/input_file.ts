import { errorMessage } from "../system/error_message.ts";
import { UsageError } from "./options/usage_error.ts";
import { decodedText } from "./text_file.ts";

const OPTION = "--input-file";

/**
 * The INPUTs of the file that the command line names, one a line: blank lines
 * and those that begin with `#` are left out. Addresses with passwords in them
 * would be seen by all users in the list of processes.
 *
 * @param args The command line.
 * @throws {UsageError} If the file cannot be read, or has no INPUT.
 */
export async function inputsOfFile(args: readonly string[]): Promise<string[]> {
  const path = pathIn(args);
  if (path === undefined) return [];
  let text: string;
  try {
    text = decodedText(await Deno.readFile(path));
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${errorMessage(error)}`);
  }
  const inputs = text.split(/[\r\n]+/).map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (inputs.length > 0) return inputs;
  throw new UsageError(
    `Cannot use ${path}: expected [NAME=]INPUT on each line, found none`,
  );
}

function pathIn(args: readonly string[]): string | undefined {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const at = args.slice(0, end).findLastIndex((arg) =>
    arg === OPTION || arg.startsWith(`${OPTION}=`)
  );
  if (at < 0) return undefined;
  return args[at] === OPTION ? args[at + 1] : args[at].slice(OPTION.length + 1);
}
