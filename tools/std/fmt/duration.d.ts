/** Types of `@std/fmt/duration`, for the untyped npm build. */

export interface FormatOptions {
  /** @default {"narrow"} */
  style?: "narrow" | "digital" | "full";
  /** @default {false} */
  ignoreZero?: boolean;
}

export function format(ms: number, options?: FormatOptions): string;
