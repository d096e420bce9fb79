/** Types of `@std/fmt/bytes`, for the untyped npm build. */

export interface FormatOptions {
  /** @default {false} */
  bits?: boolean;
  /** @default {false} */
  binary?: boolean;
  /** @default {false} */
  signed?: boolean;
  locale?: boolean | string | string[];
  minimumFractionDigits?: number;
  maximumFractionDigits?: number;
}

export function format(num: number, options?: FormatOptions): string;
