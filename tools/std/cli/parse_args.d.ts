/**
 * Types of `@std/cli/parse-args`, for the untyped npm build.
 *
 * The result is inferred from the options as `@std/cli` infers it, but for
 * names with dots (`server.port`), which are left `unknown` here.
 */

type BooleanNames = boolean | string | undefined;
type Names = string | undefined;
type Aliases<K extends string = string, Name extends string = string> = Partial<
  Record<K, Name | ReadonlyArray<Name>>
>;
type DefaultValues = Record<string, unknown> | undefined;

/** Writes an intersection out as one object type. */
type Flat<T> = { [K in keyof T]: T[K] };

/** The names in `T`: never when the option was not given. */
type Given<T> = Extract<T, string>;

/** The type of one value of the flag `K`. */
type Single<K, B, S> = K extends Given<B> ? boolean
  : K extends Given<S> ? string
  : unknown;

/** The type of the flag `K` when it is on the command line. */
type Value<K, B, S, C, N> =
  | (K extends Given<C> ? Single<K, B, S>[] : Single<K, B, S>)
  | (K extends Given<N> ? false : never);

/** Flags that have a value whatever the command line says, but by default. */
type AlwaysSet<B, C> = Given<B> | Given<C>;

type Flags<B, S, C, N, D> =
  & {
    [K in Exclude<AlwaysSet<B, C>, keyof D>]: Value<K, B, S, C, N>;
  }
  & {
    [K in Exclude<Given<S>, AlwaysSet<B, C> | keyof D>]?: Value<
      K,
      B,
      S,
      C,
      N
    >;
  }
  & {
    [K in keyof D]: K extends AlwaysSet<B, C> | Given<S>
      ? D[K] | Value<K, B, S, C, N>
      : unknown;
  };

type AliasNames<K, A> = K extends keyof A
  ? A[K] extends string ? string extends A[K] ? never : A[K]
  : A[K] extends ReadonlyArray<infer Name extends string>
    ? string extends Name ? never : Name
  : never
  : never;

type WithAliases<T, A> = {
  [K in keyof T as K | AliasNames<K, A>]: T[K];
};

type Values<B, S, C, N, D, A> = [Given<B> | Given<S> | Given<C>] extends [never]
  // deno-lint-ignore no-explicit-any
  ? Record<string, any>
  :
    & Record<string, unknown>
    & WithAliases<Flags<B, S, C, N, D extends undefined ? unknown : D>, A>;

type DoubleDash = {
  "--"?: Array<string>;
};

export type Args<
  // deno-lint-ignore no-explicit-any
  TArgs extends Record<string, unknown> = Record<string, any>,
  TDoubleDash extends boolean | undefined = undefined,
> = Flat<
  & TArgs
  & { _: Array<string | number> }
  & (boolean extends TDoubleDash ? DoubleDash
    : true extends TDoubleDash ? Required<DoubleDash>
    : unknown)
>;

export interface ParseOptions<
  TBooleans extends BooleanNames = BooleanNames,
  TStrings extends Names = Names,
  TCollectable extends Names = Names,
  TNegatable extends Names = Names,
  TDefault extends DefaultValues = DefaultValues,
  TAliases extends Aliases | undefined = Aliases | undefined,
  TDoubleDash extends boolean | undefined = boolean | undefined,
> {
  /** @default {false} */
  "--"?: TDoubleDash;
  /** @default {{}} */
  alias?: TAliases;
  /** @default {false} */
  boolean?: TBooleans | ReadonlyArray<Given<TBooleans>>;
  /** @default {{}} */
  default?: TDefault;
  /** @default {false} */
  stopEarly?: boolean;
  /** @default {[]} */
  string?: TStrings | ReadonlyArray<Given<TStrings>>;
  /** @default {[]} */
  collect?: TCollectable | ReadonlyArray<Given<TCollectable>>;
  /** @default {[]} */
  negatable?: TNegatable | ReadonlyArray<Given<TNegatable>>;
  /** Returning `false` drops the argument. */
  unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

export function parseArgs<
  TArgs extends Values<
    TBooleans,
    TStrings,
    TCollectable,
    TNegatable,
    TDefaults,
    TAliases
  >,
  TDoubleDash extends boolean | undefined = undefined,
  TBooleans extends BooleanNames = undefined,
  TStrings extends Names = undefined,
  TCollectable extends Names = undefined,
  TNegatable extends Names = undefined,
  TDefaults extends DefaultValues = undefined,
  TAliases extends Aliases<TAliasArgNames, TAliasNames> | undefined = undefined,
  TAliasArgNames extends string = string,
  TAliasNames extends string = string,
>(
  args: string[],
  options?: ParseOptions<
    TBooleans,
    TStrings,
    TCollectable,
    TNegatable,
    TDefaults,
    TAliases,
    TDoubleDash
  >,
): Args<TArgs, TDoubleDash>;
