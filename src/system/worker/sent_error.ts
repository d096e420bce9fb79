import { errorMessage } from "../error_message.ts";
import { stackOf } from "../error_stack.ts";

/** An error on its way to another thread, as data. */
export interface SentError {
  /** The name of the error; undefined for what is no error but was thrown. */
  name?: string;
  message: string;
  stack?: string;
  /** The system's code, as in `EMFILE`. */
  code?: string;
}

/** An error's constructor, as those of the language and of Deno are. */
type ErrorMaker = new (message: string) => Error;

/** The errors whose kind is asked for in other threads. */
const LANGUAGE_ERRORS: Record<string, ErrorMaker> = {
  TypeError,
  RangeError,
  ReferenceError,
  SyntaxError,
};

/** An error as data: V8 would send most of them without name and code. */
export function sentError(error: unknown): SentError {
  if (!(error instanceof Error)) return { message: errorMessage(error) };
  const { name, message } = error;
  const { code } = error as { code?: unknown };
  return {
    name,
    message,
    stack: stackOf(error),
    code: typeof code === "string" ? code : undefined,
  };
}

/** The error again, of the same class where that is one of Deno or JavaScript. */
export function receivedError(sent: SentError): unknown {
  const { name, message, stack, code } = sent;
  if (name === undefined) return message;
  const { Deno } = globalThis as {
    Deno?: { errors?: Record<string, ErrorMaker> };
  };
  const Maker = LANGUAGE_ERRORS[name] ?? Deno?.errors?.[name] ?? Error;
  const error = new Maker(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return code === undefined ? error : Object.assign(error, { code });
}
