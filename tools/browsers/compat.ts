/**
 * What browsers know, by the data of MDN.
 *
 * @module
 */

import data from "@mdn/browser-compat-data" with { type: "json" };
import { OLDEST_BROWSERS } from "./oldest_browsers.ts";

/** Since when a browser has something. */
interface Support {
  version_added?: string | boolean | null;
  version_removed?: string | boolean | null;
  flags?: unknown[];
  prefix?: string;
  alternative_name?: string;
}

/** A feature, with those that it consists of. */
export interface Feature {
  __compat?: { support: Record<string, Support | Support[] | undefined> };
  [name: string]: Feature | Feature["__compat"];
}

/** All features. */
const FEATURES = data as unknown as Feature;

/** The feature of a path, as `api`, `Element`, `append`; undefined if none. */
export function feature(...path: string[]): Feature | undefined {
  let found: Feature | undefined = FEATURES;
  for (const name of path) {
    if (found === undefined || !Object.hasOwn(found, name)) return undefined;
    found = found[name] as Feature;
  }
  return found;
}

/** The browsers that do not know a feature, as `chrome 80`. */
export function ignorant({ __compat }: Feature): string[] {
  if (__compat === undefined) return [];
  return Object.entries(OLDEST_BROWSERS).flatMap(([name, version]) => {
    const support = [__compat.support[name] ?? []].flat();
    return support.some((one) => isKnown(one, version))
      ? []
      : [`${name} ${version}`];
  });
}

function isKnown(support: Support, version: number): boolean {
  const { version_added, version_removed, flags, prefix, alternative_name } =
    support;
  if (flags !== undefined || prefix !== undefined) return false;
  if (alternative_name !== undefined || typeof version_added !== "string") {
    return false;
  }
  const removed = typeof version_removed === "string" &&
    numberOf(version_removed) <= version;
  return numberOf(version_added) <= version && !removed;
}

/** `13.1` of `13.1` and of `≤13.1`; infinite for `preview`. */
function numberOf(version: string): number {
  const number = parseFloat(version.replace("≤", ""));
  return Number.isNaN(number) ? Infinity : number;
}
