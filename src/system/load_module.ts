import { needDescriptors } from "./spare_descriptors.ts";

/** More than a load takes, since other code takes some at the same time. */
const LOADING_DESCRIPTORS = 8;

/**
 * Loads a module by `import()`, if there are file descriptors for it: where
 * Deno finds none, it ends the whole program.
 *
 * @throws {Error} If there are too few; its `code` is `EMFILE`.
 */
export async function loadModule<T>(load: () => Promise<T>): Promise<T> {
  needDescriptors(LOADING_DESCRIPTORS, "load a module");
  return await load();
}
