import type { Answer } from "../answer/answer.ts";
import type { DescribedResource } from "./address.ts";
import type { Call } from "./call.ts";

/** Something that has an address. */
export interface Resource<C extends Call = Call> extends DescribedResource {
  /**
   * Answers a request of one of its methods.
   *
   * @throws {HttpError} If it cannot be granted.
   */
  answer(call: C): Answer | Promise<Answer>;
}

/** The methods of resources that can only be looked at. */
export const READ_METHODS: DescribedResource["methods"] = ["GET", "HEAD"];
