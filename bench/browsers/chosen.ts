/** Those that are named in a list with commas; all if there is none. */
export function chosen<T>(
  all: readonly T[],
  list: string | undefined,
  name: (one: T) => string,
): T[] {
  if (list === undefined) return [...all];
  return list.split(",").map((wanted) => {
    const found = all.find((one) => name(one) === wanted);
    if (found !== undefined) return found;
    const names = all.map(name).join(", ");
    throw new Error(`Cannot run: expected some of ${names}, got ${wanted}`);
  });
}
