import type { GivenInput } from "../options/options.ts";
import type { InputKind } from "../source/source_kind.ts";

/** An INPUT, and what it is. */
export interface PlannedInput extends GivenInput {
  /** Undefined if the input could not be read. */
  kind: InputKind | undefined;
}
