/**
 * Threads that break down.
 *
 * @module
 */

const FAILING = moduleOf("throw new TypeError('to fail');");

/** Watches nothing, as where the system watches too many folders already. */
export const UNWATCHING = moduleOf(
  `if (data.type === "open") {
    const message = "OS file watch limit reached. about []";
    postMessage({ id: data.id, type: "failed", name: "Error", message });
  } else if (data.type === "close") {
    postMessage({ id: data.id, type: "closed" });
  }`,
);

/**
 * Makes the next threads break down as soon as they are asked for something.
 *
 * @param count How many of them.
 * @param module What they run instead.
 * @returns What ends that.
 */
export function failingWorkers(count: number, module = FAILING): Disposable {
  const { Worker } = globalThis;
  let left = count;
  globalThis.Worker = class extends Worker {
    constructor(own: string | URL, options?: WorkerOptions) {
      super(left-- > 0 ? module : own, options);
    }
  };
  return {
    [Symbol.dispose]: () => {
      globalThis.Worker = Worker;
    },
  };
}

/** The module of a thread that does this with what it is asked. */
function moduleOf(action: string): string {
  const text = `postMessage({ ready: true });
    onmessage = ({ data }) => { ${action} };`;
  return `data:text/javascript,${encodeURIComponent(text)}`;
}
