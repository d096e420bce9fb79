import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { followSubfolders } from "../../../src/source/folder/subfolders.ts";
import { REPLACEMENTS, spoil } from "../../support/folder/folder_faults.ts";
import {
  failingWorkers,
  UNWATCHING,
} from "../../support/program/failing_workers.ts";

function unexpected(what: unknown): never {
  throw new Error(`Unexpected: ${what}`);
}

/** Follows the subfolders of a new folder, and ends that. */
async function following(
  use: (
    folder: string,
    until: (...names: string[]) => Promise<void>,
  ) => Promise<void>,
  pollMilliseconds?: number,
): Promise<void> {
  const base = await Deno.makeTempDir({ prefix: "gifstream-test-" });
  const folder = `${base}/all`;
  const names = new Set<string>();
  const stop = new AbortController();
  let changed = Promise.withResolvers<void>();
  const change = (act: () => void) => {
    act();
    changed.resolve();
    changed = Promise.withResolvers();
  };
  const until = async (...expected: string[]) => {
    while ([...names].sort().join() !== expected.join()) await changed.promise;
  };
  const done = followSubfolders(folder, {
    onAdded: (name) => change(() => names.add(name)),
    onRemoved: (name) => change(() => names.delete(name)),
    onError: unexpected,
    pollMilliseconds,
    signal: stop.signal,
  });
  try {
    await Promise.race([use(folder, until), done]);
  } finally {
    stop.abort();
    await done;
    await Deno.remove(base, { recursive: true });
  }
}

for (const pollMilliseconds of [undefined, 20]) {
  const how = pollMilliseconds === undefined ? "" : " that it polls";
  Deno.test(`followSubfolders() tells what comes and goes in a folder${how}`, () =>
    following(async (folder, until) => {
      // It need not be there yet.
      await Deno.mkdir(`${folder}/one/inner`, { recursive: true });
      await Deno.mkdir(`${folder}/.hidden`);
      await Deno.writeTextFile(`${folder}/file`, "");
      await until("one");
      await Deno.mkdir(`${folder}/two`);
      await until("one", "two");
      await Deno.remove(`${folder}/one`, { recursive: true });
      await until("two");
      await Deno.rename(`${folder}/two`, `${folder}/three`);
      await until("three");
      await Deno.rename(folder, `${folder}-moved`);
      await until();
      await Deno.mkdir(`${folder}/four`, { recursive: true });
      await until("four");
      await Deno.mkdir(`${folder}/five`);
      await until("five", "four");
    }, pollMilliseconds));
}

Deno.test({
  name: "followSubfolders() takes a link to a folder for one",
  ignore: Deno.build.os === "windows",
  fn: () =>
    following(async (folder, until) => {
      await Deno.mkdir(`${folder}/one`, { recursive: true });
      await Deno.symlink("one", `${folder}/two`);
      await Deno.symlink("nothing", `${folder}/three`);
      await until("one", "two");
    }),
});

Deno.test("followSubfolders() refuses what is no folder", async () => {
  const file = await Deno.makeTempFile({ prefix: "gifstream-test-" });
  try {
    const { signal } = new AbortController();
    await assertRejects(
      () =>
        followSubfolders(file, {
          onAdded: unexpected,
          onRemoved: unexpected,
          onError: unexpected,
          signal,
        }),
      Deno.errors.NotADirectory,
    );
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("followSubfolders() tells them in the order of their numbers", async () => {
  const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
  try {
    for (const name of ["cam10", "cam9", "attic"]) {
      await Deno.mkdir(`${folder}/${name}`);
    }
    const names: string[] = [];
    const stop = new AbortController();
    await followSubfolders(folder, {
      onAdded: (name) => {
        if (names.push(name) === 3) stop.abort();
      },
      onRemoved: unexpected,
      onError: unexpected,
      signal: stop.signal,
    });
    assertEquals(names, ["attic", "cam9", "cam10"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

for (const pollMilliseconds of [undefined, 20]) {
  const how = pollMilliseconds === undefined ? "" : ", polling";
  Deno.test(`followSubfolders() finds folders among all sorts of things${how}`, () =>
    following(async (folder, until) => {
      await Deno.mkdir(folder);
      await spoil(folder);
      await Deno.mkdir(`${folder}/one`);
      const named = ["folder.gif", "here.gif", "one", "up", "\ufffd"];
      await until(...named, "\ufffd.jpg");
      await Deno.mkdir(`${folder}/two`);
      await until(...named.toSpliced(3, 0, "two"), "\ufffd.jpg");
    }, pollMilliseconds));

  for (const [what, replace] of Object.entries(REPLACEMENTS)) {
    Deno.test(`followSubfolders() has none while ${what} is in the folder's place${how}`, () =>
      following(async (folder, until) => {
        await Deno.mkdir(`${folder}/one`, { recursive: true });
        await until("one");
        await Deno.rename(folder, `${folder}-away`);
        await replace(folder);
        await until();
        await Deno.remove(folder);
        await Deno.rename(`${folder}-away`, folder);
        await until("one");
        await Deno.mkdir(`${folder}/two`);
        await until("one", "two");
      }, pollMilliseconds));
  }
}

Deno.test("followSubfolders() looks again and again while the system watches too many", async () => {
  const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
  const errors: string[] = [], names = new Set<string>();
  const stop = new AbortController();
  using _ = failingWorkers(Infinity, UNWATCHING);
  const found = Promise.withResolvers<void>();
  const done = followSubfolders(folder, {
    onAdded: (name) => {
      names.add(name);
      if (name === "two") found.resolve();
    },
    onRemoved: unexpected,
    onError: (error) => {
      errors.push(String(error));
      Deno.mkdirSync(`${folder}/two`);
    },
    signal: stop.signal,
  });
  await Promise.race([found.promise, done]);
  stop.abort();
  await done;
  assertEquals([...names], ["two"]);
  assertStringIncludes(errors.join(), "looking every 1 s instead");
  await Deno.remove(folder, { recursive: true });
});
