/**
 * What the code says of its own structure, and what ARCHITECTURE.md says.
 *
 * @module
 */

import { walk } from "@std/fs/walk";
import { dirname, fromFileUrl, join, normalize, relative } from "@std/path";

const ROOT = fromFileUrl(new URL("../../", import.meta.url));

/** A file of ours, by its path from the checkout's root. */
export interface SourceFile {
  path: string;
  lines: number;
  /** The files of ours that it imports, types included. */
  imports: string[];
  /**
   * The files of ours that run when it is loaded: without types, and without
   * those that a thread loads.
   */
  loads: string[];
  /** Packages and modules of the runtime that it imports. */
  packages: string[];
  /** Whether it uses `Deno`, comments aside. */
  usesDeno: boolean;
  /** Whether it has a `using` declaration, which Node 22 cannot read. */
  hasUsing: boolean;
}

/** A room as ARCHITECTURE.md has it. */
export interface Room {
  /** Its folder, as in `src/gif`. */
  path: string;
  /** How many rooms lie below it: those are all that it may import. */
  height: number;
  /** Runtimes whose own interfaces it may use. */
  runtimes: string[];
}

/** All files of ours in some folders, without what a tool has written. */
export async function sourceFiles(folders: string[]): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (const folder of folders) {
    const found = walk(join(ROOT, folder), {
      exts: [".ts", ".js", ".css"],
      includeDirs: false,
      skip: [/tools\/std\//],
    });
    for await (const { path } of found) {
      const text = await Deno.readTextFile(path);
      if (/^\/\/ Written by `deno task /m.test(text)) continue;
      files.push(read(relative(ROOT, path), text));
    }
  }
  return files;
}

function read(path: string, text: string): SourceFile {
  const code = text.replace(/\/\*[^]*?\*\/|(?<=^|\s)\/\/.*$/gm, "");
  const named = [
    ...code.matchAll(/\b(?:from|import)\s*\(?\s*"([^"]+)"/g),
    ...code.matchAll(/new URL\(\s*"(\.[^"]+)",\s*import\.meta\.url/g),
  ].map(([, name]) => name);
  const loaded = [
    ...code.matchAll(
      /^(?:im|ex)port\s+(?!type\b)(?:[^;"]*?from\s+)?"([^"]+)"/gm,
    ),
  ].map(([, name]) => name);
  const here = (names: string[]) =>
    names.filter((name) => name.startsWith("."))
      .map((name) => normalize(join(dirname(path), name)));
  return {
    path,
    loads: here(loaded),
    lines: text.split("\n").length - 1,
    imports: here(named),
    packages: named.filter((name) => !name.startsWith(".")),
    usesDeno: /\bDeno\./.test(code),
    hasUsing: /^\s*(await )?using \w+ =/m.test(code),
  };
}

/** The rooms of ARCHITECTURE.md: the rows of its table, lowest first. */
export async function documentedRooms(): Promise<Room[]> {
  const text = await Deno.readTextFile(join(ROOT, "ARCHITECTURE.md"));
  const rows = text.matchAll(/^\| `([\w/]+)` +\| [^|]+ \| ([^|]*) \|$/gm);
  return [...rows].map(([, path, runtimes], height) => ({
    path: `src/${path}`,
    height,
    runtimes: runtimes.match(/\w+/g) ?? [],
  }));
}

/** The room that a file lies in: the innermost of those that hold it. */
export function roomOf(path: string, rooms: Room[]): Room | undefined {
  return rooms.filter((room) => path.startsWith(`${room.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

/**
 * A circle in a graph, each of whose nodes leads to the next.
 *
 * @returns The circle's nodes; empty if there is none.
 */
export function findCircle(graph: Map<string, string[]>): string[] {
  const done = new Set<string>();
  const visit = (node: string, path: string[]): string[] => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return [];
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next, [...path, node]);
      if (circle.length > 0) return circle;
    }
    done.add(node);
    return [];
  };
  for (const node of graph.keys()) {
    const circle = visit(node, []);
    if (circle.length > 0) return circle;
  }
  return [];
}
