import { nodeFs } from "../node_fs.ts";
import { threadName, type WorkerService } from "./worker_service.ts";

/** A module with a service, which threads of its own can give. */
export interface WorkerModule<Request, Reply, Note = never> {
  /** The name of its threads, by which the module knows that it is in one. */
  readonly name: string;
  /** What the service does, as in "decode picture". */
  readonly task: string;
  /**
   * The module's address, where nothing is if it is part of a bundle.
   *
   * @throws {TypeError} If the bundle itself has none, as a script in a page.
   */
  readonly url: () => URL;
  /**
   * Loads the module on this thread, by a literal `import()`, by which
   * everything that follows imports finds the module, too.
   *
   * @returns Starts the service.
   */
  load(): Promise<() => WorkerService<Request, Reply, Note>>;
}

/** Loads each module, by its name. */
const modules = new Map<string, () => Promise<unknown>>();

/** The program that serves as any of the modules. */
let program: URL | undefined;

/** Makes a module known to {@linkcode serveThreads}. */
export function workerModule<Request, Reply, Note = never>(
  module: WorkerModule<Request, Reply, Note>,
): WorkerModule<Request, Reply, Note> {
  modules.set(module.name, module.load);
  return module;
}

/**
 * For a program that may be a bundle: its threads run the program itself where
 * a module's own file is not there, and serve as the module whose name they
 * have.
 *
 * @param address The program's own `import.meta.url`.
 * @returns Whether this is such a thread, which is to do nothing else.
 */
export function serveThreads(address: string): boolean {
  program = new URL(address);
  const load = modules.get(threadName() ?? "");
  load?.();
  return load !== undefined;
}

/** What threads can be started with to give a service, best first. */
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

/** What is asked of Deno, where there is Deno. */
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
  // An executable has its modules in itself.
  return Deno.build.standalone === true || nodeFs()?.existsSync(url) === true;
}
