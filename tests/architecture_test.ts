import { assert, assertEquals } from "@std/assert";
import { dirname } from "@std/path";
import {
  documentedRooms,
  findCircle,
  roomOf,
  sourceFiles,
} from "./support/source_map.ts";

const MAX_LINES = 400;
const MAX_FILES = 20;

const rooms = await documentedRooms();
const sources = await sourceFiles(["src"]);
const all = [
  ...sources,
  ...await sourceFiles(["tests", "bench", "tools", "examples"]),
];

Deno.test("ARCHITECTURE.md names each room that there is", () => {
  const empty = rooms.filter((room) =>
    !sources.some(({ path }) => roomOf(path, rooms) === room)
  );
  assertEquals(empty.map(({ path }) => path), []);
});

Deno.test("ARCHITECTURE.md names the room of each file", () => {
  const homeless = sources.filter(({ path }) =>
    roomOf(path, rooms) === undefined
  );
  assertEquals(homeless.map(({ path }) => path), []);
});

Deno.test("a file imports its own room and those below, by ARCHITECTURE.md", () => {
  const wrong: string[] = [];
  for (const { path, imports } of sources) {
    const room = roomOf(path, rooms)!;
    for (const imported of imports) {
      const other = roomOf(imported, rooms);
      if (other === undefined || other.height <= room.height) continue;
      wrong.push(`${path} imports ${imported}`);
    }
  }
  assertEquals(wrong, []);
});

Deno.test("no files import each other in a circle", () => {
  const graph = new Map(all.map(({ path, imports }) => [path, imports]));
  assertEquals(findCircle(graph), []);
});

/** The side that serves viewers. */
const SERVING = /^src\/(channel|http)\//;
/** What computes pixels, or parses what came from outside. */
const MAKING =
  /^src\/(gif\/(canvas|encoder)\/|gif\/lzw_|gif\/read\/(block|frame|gif_sequence)_reader|gif\/read\/image_data|image\/(jpeg|png|decode|scale))/;

Deno.test("what serves viewers loads no decoder, encoder, parser or canvas", () => {
  const byPath = new Map(sources.map((file) => [file.path, file]));
  const from = new Map<string, string>();
  const waiting = sources.filter(({ path }) => SERVING.test(path))
    .map(({ path }) => path);
  for (const path of waiting) {
    for (const loaded of byPath.get(path)?.loads ?? []) {
      if (from.has(loaded)) continue;
      from.set(loaded, path);
      waiting.push(loaded);
    }
  }
  const wrong = [...from].filter(([loaded]) => MAKING.test(loaded))
    .map(([loaded, path]) => `${path} loads ${loaded}`);
  assertEquals(wrong, []);
  // The rule would find nothing if the map were empty.
  assert(from.has("src/past/past_thread.ts"));
});

Deno.test("findCircle() finds a circle", () => {
  const graph = new Map([["a", ["b"]], ["b", ["c"]], ["c", ["b"]]]);
  assertEquals(findCircle(graph), ["b", "c", "b"]);
});

Deno.test("Deno and Node are used only in the rooms that ARCHITECTURE.md names", () => {
  const wrong: string[] = [];
  for (const { path, usesDeno, packages } of sources) {
    const { runtimes } = roomOf(path, rooms)!;
    if (usesDeno && !runtimes.includes("Deno")) wrong.push(`${path}: Deno`);
    for (const name of packages) {
      if (!name.startsWith("node:") || runtimes.includes("Node")) continue;
      wrong.push(`${path}: ${name}`);
    }
  }
  assertEquals(wrong, []);
});

Deno.test("what may run in Node has no using declaration", () => {
  const denoOnly = ["src/cli/", "src/http/deno/"];
  const wrong = sources.filter(({ path, hasUsing }) =>
    hasUsing && !denoOnly.some((room) => path.startsWith(room))
  );
  assertEquals(wrong.map(({ path }) => path), []);
});

Deno.test(`no file has more than ${MAX_LINES} lines`, () => {
  const long = all.filter(({ lines }) => lines > MAX_LINES);
  assertEquals(long.map(({ path, lines }) => `${path}: ${lines}`), []);
});

Deno.test(`no folder has more than ${MAX_FILES} files`, () => {
  const folders = Map.groupBy(all, ({ path }) => dirname(path));
  const full = [...folders].filter(([, { length }]) => length > MAX_FILES);
  assertEquals(full.map(([path, { length }]) => `${path}: ${length}`), []);
});
