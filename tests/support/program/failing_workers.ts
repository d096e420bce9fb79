/**
 * Threads that break down.
 *
 * @module
 */

const FAILING = "data:text/javascript," +
  encodeURIComponent(
    "postMessage({ ready: true });" +
      "onmessage = () => { throw new TypeError('to fail'); }",
  );

/**
 * Makes the next threads break down as soon as they are asked for something.
 *
 * @param count How many of them.
 * @returns What ends that.
 */
export function failingWorkers(count: number): Disposable {
  const { Worker } = globalThis;
  let left = count;
  globalThis.Worker = class extends Worker {
    constructor(module: string | URL, options?: WorkerOptions) {
      super(left-- > 0 ? FAILING : module, options);
    }
  };
  return {
    [Symbol.dispose]: () => {
      globalThis.Worker = Worker;
    },
  };
}
