/** Types of `@std/async/delay`, for the untyped npm build. */

export interface DelayOptions {
  signal?: AbortSignal;
  /** @default {true} */
  persistent?: boolean;
}

export function delay(ms: number, options?: DelayOptions): Promise<void>;
