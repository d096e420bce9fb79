import { inputKind } from "./input.ts";
import type { PlannedInput } from "./planned_input.ts";
import type { CliOptions } from "../options/options.ts";

/**
 * Looks at the inputs. One that cannot be read is tried again later, unless it
 * is all that there is.
 *
 * @throws {Error} If the only input cannot be read.
 */
export async function planInputs(options: CliOptions): Promise<PlannedInput[]> {
  const { inputs, isConfigured } = options;
  const isOnly = inputs.length === 1 && !isConfigured;
  return await Promise.all(inputs.map(async (given) => {
    try {
      const own = given.own?.options ?? options;
      return { ...given, kind: await inputKind(given.input, own) };
    } catch (error) {
      if (isOnly) throw error;
      return { ...given, kind: undefined };
    }
  }));
}
