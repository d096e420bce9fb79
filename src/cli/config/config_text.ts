import { parse } from "@std/yaml/parse";
import { errorMessage } from "../../system/error_message.ts";
import { UsageError } from "../options/usage_error.ts";

/** A value of YAML, all of whose scalars are text. */
export type ConfigValue =
  | string
  | null
  | ConfigValue[]
  | { [key: string]: ConfigValue };

/** A step to a value: the key of a mapping, or a place in a list. */
export type Path = readonly (string | number)[];

/** The place of a mistake in a message of the parser. */
const AT_LINE = / at line (\d+), column -?\d+/;
/** A value with an end that YAML takes for a key's, as `test:`. */
const LIKE_A_KEY = /:\s+\S.*:(\s|$)/;

/** The text of a configuration file: YAML whose values are all text. */
export class ConfigText {
  /** The value that stands there; null for an empty file. */
  readonly value: ConfigValue;
  readonly #path: string;
  readonly #lines: readonly string[];

  /**
   * Parses a text.
   *
   * @param path The path of its file, for messages.
   * @throws {UsageError} If it is not YAML; the message has the line.
   */
  constructor(path: string, text: string) {
    this.#path = path;
    this.#lines = text.split(/\r?\n/);
    try {
      this.value = parsed(text);
    } catch (error) {
      throw this.#notYaml(errorMessage(error));
    }
  }

  /** The place of a value in words, such as `gifstream.yaml, line 3`. */
  place(path: Path): string {
    return `${this.#path}, line ${this.#lineOf(path)}`;
  }

  /** The error of a value, with its place. */
  error(path: Path, message: string): UsageError {
    return new UsageError(`${this.place(path)}: ${message}`);
  }

  /**
   * The number of the line with which a value begins to be there: the parser
   * does not tell, so the text is cut behind line after line.
   */
  #lineOf(path: Path): number {
    let without = 0, found = this.#lines.length;
    // Not every beginning is YAML, as in the middle of a list in brackets.
    for (let end = found; without + 1 < end;) {
      const middle = (without + end) >> 1;
      let at = middle, isThere: boolean | undefined;
      for (; at < end && isThere === undefined; at++) {
        isThere = this.#has(path, at);
      }
      if (isThere === true) found = at - 1;
      if (isThere === false) without = at - 1;
      else end = middle;
    }
    return found;
  }

  /** True if a value is in the first lines; undefined if those are no YAML. */
  #has(path: Path, lines: number): boolean | undefined {
    try {
      let value = parsed(this.#lines.slice(0, lines).join("\n"));
      for (const step of path) {
        if (value === null || typeof value !== "object") return false;
        if (!Object.hasOwn(value, step)) return false;
        value = (value as Record<string | number, ConfigValue>)[step];
      }
      return true;
    } catch {
      return undefined;
    }
  }

  #notYaml(message: string): UsageError {
    const line = Number(message.match(AT_LINE)?.[1] ?? 1);
    // The rest shows the text itself, which may have secrets.
    const reason = message.split("\n")[0].replace(AT_LINE, "")
      .replace(/[:\s]+$/, "");
    const hint = LIKE_A_KEY.test(this.#lines[line - 1] ?? "")
      ? '; a value that ends in ":", or has ": " in it, needs quotes'
      : "";
    return new UsageError(
      `${this.#path}, line ${line}: expected YAML: ${reason}${hint}`,
    );
  }
}

/** Without types of its own, YAML leaves `0123` and `on` as they stand. */
function parsed(text: string): ConfigValue {
  return parse(text, { schema: "failsafe" }) as ConfigValue;
}
