import { assertEquals } from "@std/assert";
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

/** The room of a file of ours that lies in one. */
const roomPath = (path: string) => roomOf(path, rooms)?.path ?? path;

Deno.test("ARCHITECTURE.md names the room of each file", () => {
  const homeless = sources.filter(({ path }) =>
    roomOf(path, rooms) === undefined
  );
  assertEquals(homeless.map(({ path }) => path), []);
});

Deno.test("ARCHITECTURE.md allows each import between rooms", () => {
  const wrong: string[] = [];
  for (const { path, imports } of sources) {
    const room = roomOf(path, rooms)!;
    for (const to of imports.map(roomPath)) {
      if (to === room.path || !to.startsWith("src/")) continue;
      if (!room.imports.includes(to)) wrong.push(`${path} imports ${to}`);
    }
  }
  assertEquals(wrong, []);
});

Deno.test("ARCHITECTURE.md allows no import between rooms that there is not", () => {
  const unused = rooms.flatMap((room) => {
    const used = new Set(
      sources.filter(({ path }) => roomPath(path) === room.path)
        .flatMap(({ imports }) => imports.map(roomPath)),
    );
    return room.imports.filter((to) => !used.has(to))
      .map((to) => `${room.path} imports no ${to}`);
  });
  assertEquals(unused, []);
});

Deno.test("rooms and files import each other in no circle", () => {
  const byRoom = new Map(rooms.map(({ path, imports }) => [path, imports]));
  assertEquals(findCircle(byRoom), []);
  const byFile = new Map(all.map(({ path, imports }) => [path, imports]));
  assertEquals(findCircle(byFile), []);
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

Deno.test(`no file has more than ${MAX_LINES} lines`, () => {
  const long = all.filter(({ lines }) => lines > MAX_LINES);
  assertEquals(long.map(({ path, lines }) => `${path}: ${lines}`), []);
});

Deno.test(`no folder has more than ${MAX_FILES} files`, () => {
  const folders = Map.groupBy(all, ({ path }) => dirname(path));
  const full = [...folders].filter(([, { length }]) => length > MAX_FILES);
  assertEquals(full.map(([path, { length }]) => `${path}: ${length}`), []);
});
