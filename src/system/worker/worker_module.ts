import { nodeFs } from "../node_builtins.ts";
import { threadName, type WorkerService } from "./worker_service.ts";

/** A module with a service that can run in threads of its own. */
export interface WorkerModule<Request, Reply, Note = never> {
  /** The name of the threads, by which the module knows that it runs in one. */
  readonly name: string;
  /** The task of the service, as in "decode picture". */
  readonly task: string;
  /**
   * The module's address. Nothing is there if the module is part of a bundle.
   *
   * @throws {TypeError} If the bundle itself has none, as a script in a page.
   */
  readonly url: () => URL;
  /**
   * Loads the module on this thread. It does so by a literal `import()`, so
   * that caches, compilers and bundlers find the module, too.
   *
   * @returns Starts the service.
   */
  load(): Promise<() => WorkerService<Request, Reply, Note>>;
}

/** The loader of each module, by name. */
const modules = new Map<string, () => Promise<unknown>>();

/** The program, which can serve as any of the modules. */
let program: URL | undefined;

/** Registers a module for {@linkcode serveThreads}. */
export function workerModule<Request, Reply, Note = never>(
  module: WorkerModule<Request, Reply, Note>,
): WorkerModule<Request, Reply, Note> {
  modules.set(module.name, module.load);
  return module;
}

/**
 * Lets a program be a bundle: where the file of a module is missing, its
 * threads run the program itself, which then serves as the module of the
 * thread's name.
 *
 * @param address The program's own `import.meta.url`.
 * @returns True in such a thread, which must do nothing else.
 */
export function serveThreads(address: string): boolean {
  program = new URL(address);
  const load = modules.get(threadName() ?? "");
  load?.();
  return load !== undefined;
}

/** The modules that can start a thread of a service, best first. */
export function threadUrls(module: { url: () => URL }): URL[] {
  if (typeof Worker !== "function") return [];
  return [addressOf(module), program].filter((it) => it !== undefined)
    .filter(canLoad);
}

function addressOf({ url }: { url: () => URL }): URL | undefined {
  try {
    return url();
  } catch {
    return undefined;
  }
}

/** The part of Deno that is used, in Deno. */
interface DenoLike {
  build: { standalone?: boolean };
  permissions: {
    querySync(of: { name: "read"; path: URL }): { state: string };
  };
}

function canLoad(url: URL): boolean {
  if (url.protocol !== "file:") return true;
  const { Deno } = globalThis as { Deno?: DenoLike };
  if (Deno === undefined) return nodeFs()?.existsSync(url) === true;
  const read = { name: "read", path: url } as const;
  if (Deno.permissions.querySync(read).state !== "granted") return false;
  // A compiled executable contains its modules.
  return Deno.build.standalone === true || nodeFs()?.existsSync(url) === true;
}
