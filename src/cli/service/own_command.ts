import { fromFileUrl } from "@std/path";
import { VERSION } from "../../system/version.ts";

/** The command by which this program was started. */
export interface OwnCommand {
  /** Its command, without its arguments. */
  command: string[];
  /** Files of it that whoever runs the command must be able to read. */
  files: string[];
  /** True if Deno loads it, rather than being part of it. */
  isLoaded: boolean;
}

const JSR = "https://jsr.io/";

/** Finds the command that starts this program again. */
export function ownCommand(): OwnCommand {
  const program = Deno.execPath();
  if (Deno.build.standalone) {
    return { command: [program], files: [program], isLoaded: false };
  }
  const module = Deno.mainModule;
  const isFile = module.startsWith("file:");
  const path = isFile
    ? fromFileUrl(module)
    : module.startsWith(JSR)
    ? `jsr:@x/gifstream@${VERSION}/cli`
    : module;
  return {
    command: [program, "run", "--unstable-net", "-A", path],
    files: isFile ? [program, path] : [program],
    isLoaded: true,
  };
}
