/**
 * The pictures of a camera without the first ones, which it takes while it
 * finds exposure and colors.
 *
 * @param pictures All pictures.
 * @param count Number of pictures to drop, 0 or more.
 */
export async function* warmedUp<T>(
  pictures: AsyncIterable<T>,
  count: number,
): AsyncGenerator<T, void> {
  let left = count;
  for await (const picture of pictures) {
    if (left-- > 0) continue;
    yield picture;
  }
}
