/**
 * Gives every test a deadline, loaded by `deno test --preload`: a test that
 * waits in vain fails by its name, and the others go on.
 *
 * @module
 */

/** Several times what the slowest test takes. */
const DEADLINE_MILLISECONDS = 10 * 60_000;

type Run = (context: Deno.TestContext) => void | Promise<void>;

/** A test that fails if it has not ended after a time. */
export function withDeadline(run: Run, milliseconds: number): Run {
  return async function (context: Deno.TestContext) {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(
      () =>
        late.reject(
          new Error(`"${context.name}" has not ended in ${milliseconds} ms`),
        ),
      milliseconds,
    );
    try {
      await Promise.race([run(context), late.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** The arguments of `Deno.test`, their function with a deadline. */
function limited(args: unknown[]): unknown[] {
  return args.map((value) => {
    if (typeof value === "function") {
      const run = withDeadline(value as Run, DEADLINE_MILLISECONDS);
      // Without a name of its own, the test is called as the function is.
      return Object.defineProperty(run, "name", { value: value.name });
    }
    const isDefinition = typeof value === "object" && value !== null &&
      "fn" in value;
    if (!isDefinition) return value;
    const run = withDeadline(value.fn as Run, DEADLINE_MILLISECONDS);
    return { ...value, fn: run };
  });
}

const { test } = Deno;
// deno-lint-ignore no-explicit-any
const apply = (form: any) => (...args: unknown[]) => form(...limited(args));
Object.assign(Deno, {
  test: Object.assign(apply(test), test, {
    ignore: apply(test.ignore),
    only: apply(test.only),
  }),
});
