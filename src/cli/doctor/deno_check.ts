import { OLDEST_DENO } from "../../system/deno_version.ts";
import { type Finding, Findings } from "./finding.ts";

/** The version of Deno, and what the machine has. */
export function denoCheck(): Finding[] {
  const found = new Findings("Deno");
  const { deno } = Deno.version, { os, arch } = Deno.build;
  const cores = navigator.hardwareConcurrency;
  const machine = `${os}, ${arch}, ${cores} ${cores === 1 ? "core" : "cores"}`;
  if (deno.localeCompare(OLDEST_DENO, "en", { numeric: true }) >= 0) {
    found.ok(`version ${deno} (${machine})`);
  } else {
    found.warning(
      `version ${deno} is older than ${OLDEST_DENO}, with which gifstream is ` +
        `tried; 2.8.3 to 2.9.5 break requests that are answered early ` +
        `(${machine})`,
      "deno upgrade",
    );
  }
  return found.all;
}
