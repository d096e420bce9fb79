/**
 * Sets up and runs all tests, or only those in the files and folders given,
 * and ends with one line that counts them: `N passed, N failed, N skipped`.
 *
 * @module
 */

import { exists } from "@std/fs/exists";
import { fromFileUrl, join } from "@std/path";

/**
 * Tests that drive browsers mostly wait for them, but with as many at once as
 * there are processors they would wait for each other.
 */
const BROWSER_TESTS = "tests/browser";
const BROWSER_JOBS = Math.min(2, navigator.hardwareConcurrency);

/** What ends a test that waits in vain. */
const DEADLINE = fromFileUrl(new URL("deadline.ts", import.meta.url));

/**
 * Types are what `deno task check` looks at. Here Deno would look at them again
 * for each thread that starts, which makes that take seconds, now and then more
 * than a thread has.
 */
const MANY = ["--parallel", "--no-check"];

/** Where examples are run: documentation comments and Markdown. */
const DOCUMENTED = ["mod.ts", "src", "README.md", "docs"];

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

async function main(selection: string[]): Promise<number> {
  const setUp = await deno(["run", "-A", "tools/setup.ts"]);
  if (setUp !== 0) return setUp;
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  let exitCode = 0;
  for (const { args, jobs } of await runs(selection)) {
    const { code, counts } = await runTests(args, jobs);
    exitCode ||= code;
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  const { passed, failed, skipped } = total;
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return exitCode;
}

/** A `deno test` to run. */
interface Run {
  args: string[];
  /** Files at a time; as many as there are processors if it is left out. */
  jobs?: number;
}

async function runs(selection: string[]): Promise<Run[]> {
  if (selection.length > 0) return [{ args: ["--doc", ...selection] }];
  const found = await Promise.all(DOCUMENTED.map((path) => exists(path)));
  return [
    // Apart from the rest: with --doc, Deno 2.9 tests what --ignore names too.
    {
      args: [
        ...["--parallel", "--doc"],
        ...DOCUMENTED.filter((_, index) => found[index]),
      ],
    },
    { args: [...MANY, `--ignore=${BROWSER_TESTS}`, "tests"] },
    { args: [...MANY, BROWSER_TESTS], jobs: BROWSER_JOBS },
  ];
}

async function runTests(
  args: string[],
  jobs?: number,
): Promise<{ code: number; counts: Counts }> {
  const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
  try {
    const report = join(folder, "report.xml");
    const code = await deno([
      ...["test", "-A", `--preload=${DEADLINE}`, `--junit-path=${report}`],
      ...args,
    ], jobs === undefined ? {} : { DENO_JOBS: String(jobs) });
    // A run that fails before its first test, as on a type error, has none.
    const xml = await exists(report) ? await Deno.readTextFile(report) : "";
    return { code, counts: countTests(xml, code) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Counts the tests in a JUnit report; text in it has its `<` escaped. */
function countTests(xml: string, code: number): Counts {
  const count = (tag: RegExp) => xml.match(tag)?.length ?? 0;
  const tests = count(/^\s*<testcase /gm);
  const failed = count(/^\s*<(failure|error) /gm);
  const skipped = count(/^\s*<skipped\b/gm);
  return {
    passed: tests - failed - skipped,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped,
  };
}

/** Runs this same Deno: where npx started it, no other is in the path. */
async function deno(
  args: string[],
  env: Record<string, string> = {},
): Promise<number> {
  const command = new Deno.Command(Deno.execPath(), { args, env });
  const { code } = await command.spawn().status;
  return code;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
