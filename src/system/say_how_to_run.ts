/**
 * Prints the command of the program when the library itself is run. A bundle
 * that contains the library prints nothing.
 *
 * @param module The address of the module that was run.
 */
export function sayHowToRun(module: string): void {
  if (!module.endsWith("/mod.ts")) return;
  const program = module.startsWith("https://jsr.io/")
    ? "jsr:@x/gifstream/cli"
    : "cli.ts";
  console.error(
    `This is the library of gifstream, which does nothing by itself. ` +
      `The program:\n  deno run -A ${program} --help`,
  );
  const { process } = globalThis as { process?: { exitCode?: number } };
  if (process !== undefined) process.exitCode = 2;
}
