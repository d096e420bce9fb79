/**
 * A generator that learns at once when its iteration is left. An ordinary one
 * learns of it only after what it waits for, which may never come.
 *
 * @param generate Makes the generator, which must end soon after the signal.
 * @param signal Ends the generator from outside.
 */
export function stoppable<T>(
  generate: (signal: AbortSignal) => AsyncGenerator<T, void>,
  signal?: AbortSignal,
): AsyncGenerator<T, void> {
  const left = new AbortController();
  const signals = signal === undefined ? [left.signal] : [left.signal, signal];
  const generator = generate(AbortSignal.any(signals));
  const leave = generator.return.bind(generator);
  generator.return = (value) => {
    left.abort();
    return leave(value);
  };
  return generator;
}
