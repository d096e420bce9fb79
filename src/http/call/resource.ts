import type { Answer } from "../answer/answer.ts";
import type { Call } from "./call.ts";

/** Something that has an address. */
export interface Resource<C extends Call = Call> {
  /** Methods besides OPTIONS. Whoever has GET has HEAD, too. */
  methods: readonly ("GET" | "HEAD" | "POST" | "PUT")[];
  /**
   * Open to everybody, whoever may watch.
   *
   * @default {undefined} only those who may watch
   */
  open?: true;
  /**
   * Answers a request of such a method.
   *
   * @throws {HttpError} If it cannot be granted.
   */
  answer(call: C): Answer | Promise<Answer>;
}

/** The methods of resources that can only be looked at. */
export const READ_METHODS: Resource["methods"] = ["GET", "HEAD"];
