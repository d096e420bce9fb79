import type { OptionRule } from "./option_rule.ts";

/** The value of an option, and where it is given. */
export interface GivenValue {
  /** The texts; for a switch, one that says yes or no. */
  texts: readonly string[];
  /** The subject of messages about it, such as `Option --fps`. */
  place: string;
  /** The place where it is given, such as `line 3`. */
  origin: string;
}

/** Values by the names of their options. */
export type GivenValues = ReadonlyMap<string, GivenValue>;

/** Options of which a place can give one, each with what it excludes. */
const INSTEAD: ReadonlyMap<string, readonly string[]> = new Map([
  ["viewer-token", ["viewer-token-file"]],
  ["viewer-token-file", ["viewer-token"]],
  ["socket", ["host", "port", "cert", "key"]],
  ["host", ["socket", "socket-mode", "socket-group"]],
  ["port", ["socket", "socket-mode", "socket-group"]],
]);

/**
 * The values that count when several places give some.
 *
 * @param places The places; a later one wins.
 */
export function merged(...places: readonly GivenValues[]): GivenValues {
  const all = new Map<string, GivenValue>();
  for (const values of places) {
    for (const name of values.keys()) {
      for (const other of INSTEAD.get(name) ?? []) all.delete(other);
    }
    for (const [name, value] of values) all.set(name, value);
  }
  return all;
}

/** The subject of messages about an option that is not given anywhere. */
export function placeOnLine({ name }: Pick<OptionRule, "name">): string {
  return `Option --${name}`;
}
