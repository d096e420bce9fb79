import { assert, assertEquals, assertMatch } from "@std/assert";
import { delay } from "@std/async/delay";
import { fromFileUrl } from "@std/path";
import { ChildProgram } from "../../../src/source/process/child_program.ts";
import { lastWords } from "../../../src/source/process/last_words.ts";
import { programOutput } from "../../../src/source/process/program_output.ts";
import { processesNaming } from "../../support/program/ffmpeg_children.ts";

const ROOT = new URL("../../../", import.meta.url);
const readWords = (stream: ReadableStream<Uint8Array>) =>
  lastWords(stream, (text) => text);

/** A number that no other process has on its command line. */
function mark(): string {
  return `${86_400 + Math.random()}`;
}

async function untilNobodyNames(text: string): Promise<void> {
  while ((await processesNaming(text)).length > 0) await delay(20);
}

/** A program that waits, with another one that it has started and waits for. */
function wrapped(seconds: string): string[] {
  return ["-c", `echo ready; sleep ${seconds}; true`];
}

Deno.test("ChildProgram ends what its program has started", async () => {
  const seconds = mark();
  const program = await ChildProgram.start("sh", wrapped(seconds), {
    readWords,
  });
  const output = program.stdout.getReader();
  await output.read();
  while ((await processesNaming(seconds)).length < 2) await delay(20);
  program.stop("enough");
  assertEquals((await program.end()).reason, "enough");
  await untilNobodyNames(seconds);
  await output.cancel();
});

Deno.test("ChildProgram ends what its program has left behind", async () => {
  const seconds = mark();
  const args = ["-c", `sleep ${seconds} & echo no luck >&2; exit 3`];
  const program = await ChildProgram.start("sh", args, { readWords });
  // The other one has its output open, too.
  for await (const _ of program.stdout);
  assertEquals(await program.end(), {
    success: false,
    byASignal: false,
    reason: "no luck",
  });
  await untilNobodyNames(seconds);
});

Deno.test("ChildProgram kills what does not end when it is told to", async () => {
  const seconds = mark();
  const args = ["-c", `trap '' TERM; echo ready; sleep ${seconds}; exit 0`];
  const program = await ChildProgram.start("sh", args, { readWords });
  const output = program.stdout.getReader();
  await output.read();
  program.stop();
  assertEquals((await program.end()).success, false);
  await untilNobodyNames(seconds);
  await output.cancel();
});

Deno.test("ChildProgram ends its program when this one is killed", async () => {
  const seconds = mark();
  const module = new URL("src/source/process/child_program.ts", ROOT);
  const code = `import { ChildProgram } from "${module}";
    const args = ${JSON.stringify(wrapped(seconds))};
    const program = await ChildProgram.start("sh", args, {
      readWords: () => Promise.resolve(""),
    });
    for await (const _ of program.stdout) console.log("ready");`;
  const killed = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--config", fromFileUrl(new URL("deno.json", ROOT)), code],
    stdout: "piped",
  }).spawn();
  const output = killed.stdout.getReader();
  await output.read();
  assert((await processesNaming(`sleep ${seconds}`)).length > 0);
  killed.kill("SIGKILL");
  await killed.status;
  await output.cancel();
  await untilNobodyNames(`sleep ${seconds}`);
  await untilNobodyNames(`sleep\0${seconds}`);
});

Deno.test("ChildProgram does without a guard where it may not run a shell", async () => {
  const seconds = mark();
  const module = new URL("src/source/process/child_program.ts", ROOT);
  const code = `import { ChildProgram } from "${module}";
    const program = await ChildProgram.start("sleep", ["${seconds}"], {
      readWords: () => Promise.resolve(""),
    });
    program.stop();
    console.log((await program.end()).reason);
    await program.stdout.cancel();`;
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, code);
    const config = fromFileUrl(new URL("deno.json", ROOT));
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-prompt", "--allow-run=sleep", "--config", config],
        file,
      ],
      stdout: "piped",
    }).output();
    assertEquals(new TextDecoder().decode(stdout), "it was ended by SIGTERM\n");
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("programOutput() ends what hangs, and what writes too much", async () => {
  const seconds = mark();
  const hangs = await programOutput(
    "sh",
    ["-c", `echo version 5; sleep ${seconds}`],
    { milliseconds: 500, maxBytes: 1000 },
  );
  assertEquals(hangs.output, "version 5\n");
  await untilNobodyNames(seconds);
  const floods = await programOutput(
    "sh",
    ["-c", `yes ${seconds} & yes ${seconds} >&2`],
    { milliseconds: 60_000, maxBytes: 1000 },
  );
  assertEquals(floods.output.length, 1000);
  await untilNobodyNames(seconds);
  const speaks = { milliseconds: 60_000, maxBytes: 1000 };
  const { words } = await programOutput("sh", ["-c", "echo no >&2"], speaks);
  assertMatch(words, /^no\n$/);
});

Deno.test("ChildProgram kills what its program has started, if that does not end when it is told to", async () => {
  const seconds = mark();
  // The program ends, and not what it has started.
  const stubborn = `(trap '' TERM; exec sleep ${seconds}) &`;
  const args = ["-c", `${stubborn} echo ready; wait`];
  const program = await ChildProgram.start("sh", args, { readWords });
  const output = program.stdout.getReader();
  await output.read();
  while ((await processesNaming(`sleep\0${seconds}`)).length < 1) {
    await delay(20);
  }
  program.stop();
  await program.end();
  await untilNobodyNames(seconds);
  await output.cancel();
});
