/** Something that was taken off the front of others, and then the others. */
export async function* startingWith<T>(
  first: T,
  rest: AsyncIterable<T>,
): AsyncGenerator<T, void> {
  yield first;
  yield* rest;
}
