/**
 * A generator that is told at once when it is left. By itself one learns of
 * it only when what it waits for has come, which may be never.
 *
 * @param generate Makes the generator, which must end soon after the signal.
 * @param signal Ends it from outside.
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
