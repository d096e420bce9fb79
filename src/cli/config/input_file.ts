import { errorMessage } from "../../system/error_message.ts";
import { UsageError } from "../options/usage_error.ts";
import { decodedText } from "./text_file.ts";

/**
 * The INPUTs of a file, one a line: blank lines and those that begin with `#`
 * are left out. On a command line, addresses with passwords in them would be
 * seen by all users in the list of processes.
 *
 * @throws {UsageError} If the file cannot be read, or has no INPUT.
 */
export async function inputsOfFile(path: string): Promise<string[]> {
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
