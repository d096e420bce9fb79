import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { OLDEST_DENO } from "../../src/system/deno_version.ts";
import config from "../../deno.json" with { type: "json" };

const CLI = fromFileUrl(new URL("../../cli.ts", import.meta.url));

/** Runs the program by a Deno that says it is of another version. */
async function runBy(version: string): Promise<{ code: number; text: string }> {
  // Deno loads it before the program.
  const before = `data:application/javascript,${
    encodeURIComponent(
      `const version = { ...Deno.version, deno: "${version}" };
      Object.defineProperty(Deno, "version", { value: version });`,
    )
  }`;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", `--preload=${before}`, CLI, "--version"],
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}

Deno.test("gifstream refuses a Deno that is too old, in one clear line", async () => {
  for (const version of ["1.46.3", "2.8.3", "2.9.5"]) {
    assertEquals(await runBy(version), {
      code: 1,
      text: `gifstream needs Deno ${OLDEST_DENO} or newer, and this is Deno ` +
        `${version}: run "deno upgrade", or install it anew from deno.com\n`,
    });
  }
});

Deno.test("gifstream runs by the oldest Deno that will do, and by newer ones", async () => {
  for (const version of [OLDEST_DENO, "2.10.0", "3.0.0"]) {
    assertEquals(await runBy(version), {
      code: 0,
      text: `gifstream ${config.version}\n`,
    });
  }
});
