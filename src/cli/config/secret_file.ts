import { errorMessage } from "../../system/error_message.ts";
import { decodedText } from "./text_file.ts";

/**
 * The first line of a file that has anything, without blanks around it.
 *
 * @throws {Error} If the file cannot be read, or its first line is empty.
 */
export async function readSecret(
  path: string | undefined,
): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const lines = (await readFile(path)).split(/[\r\n]/);
  const line = lines.map((line) => line.trim()).find((line) => line !== "");
  if (line !== undefined) return line;
  throw new Error(`Cannot use ${path}: its first line is empty`);
}

async function readFile(path: string): Promise<string> {
  try {
    return decodedText(await Deno.readFile(path));
  } catch (error) {
    throw new Error(`Cannot read ${path}: ${errorMessage(error)}`, {
      cause: error,
    });
  }
}
