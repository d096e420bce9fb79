/** A promise, and the functions that settle it. */
export type Settleable<T> = PromiseWithResolvers<T>;

/** As `Promise.withResolvers()`, which Node 20 does not have. */
export function withResolvers<T>(): Settleable<T> {
  let resolve!: Settleable<T>["resolve"], reject!: Settleable<T>["reject"];
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
