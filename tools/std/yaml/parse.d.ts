/** Types of `@std/yaml/parse`, for the untyped npm build. */

export interface ParseOptions {
  /** @default {false} */
  allowDuplicateKeys?: boolean;
  /** @default {"default"} */
  schema?: "failsafe" | "json" | "core" | "default" | "extended";
  onWarning?(error: Error): void;
}

/** @throws {SyntaxError} If the text is not YAML. */
export function parse(content: string, options?: ParseOptions): unknown;
