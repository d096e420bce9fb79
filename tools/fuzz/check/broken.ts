/** Something that must hold of an input, and does not. */
export class Broken extends Error {
  override name = "Broken";
}

/**
 * Makes sure of something.
 *
 * @throws {Broken} If it is not so.
 */
export function ensure(isSo: boolean, otherwise: () => string): void {
  if (!isSo) throw new Broken(otherwise());
}
