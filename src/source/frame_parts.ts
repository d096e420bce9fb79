import { concat } from "@std/bytes/concat";
import { IntakeError } from "../channel/intake.ts";
import {
  MultipartError,
  type MultipartPiece,
  MultipartReader,
} from "./multipart_parts.ts";
import { type BodyKind, frameBeginning } from "./body_kind.ts";

/** Bytes of frames, or the end of a part. */
export type FramePiece = MultipartPiece;

/** Bytes of frames of a kind. */
export type KindPiece = MultipartPiece & { kind: BodyKind };

/**
 * The parts of a multipart body that are frames. Others, such as fields of a
 * form, XML or nothing at all, are left out.
 *
 * @returns True if any part had content, whatever it was.
 * @throws {IntakeError} If it is no multipart body.
 */
export async function* frameParts(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<KindPiece, boolean> {
  const reader = new MultipartReader(), part = new PartKind();
  try {
    for await (const chunk of bytes) {
      for (const piece of reader.push(chunk)) yield* part.take(piece);
    }
    return part.hadContent;
  } catch (error) {
    if (!(error instanceof MultipartError)) throw error;
    throw new IntakeError("broken", error.message, { cause: error });
  }
}

/** Finds out what a part is. */
class PartKind {
  /** True once a part had content. */
  hadContent = false;
  /** The first bytes, as long as they do not tell. */
  #head: Uint8Array = new Uint8Array(0);
  #kind: BodyKind | "unknown" | "more" = "more";

  /** Gives what it knows to be of frames. */
  *take(piece: MultipartPiece): Generator<KindPiece> {
    if ("end" in piece) {
      const kind = this.#kind;
      this.#kind = "more";
      this.#head = new Uint8Array(0);
      if (kind !== "more" && kind !== "unknown") yield { ...piece, kind };
      return;
    }
    this.hadContent = true;
    if (this.#kind === "unknown") return;
    if (this.#kind !== "more") {
      yield { ...piece, kind: this.#kind };
      return;
    }
    const head = concat([this.#head, piece.content]);
    const beginning = frameBeginning(head);
    if (typeof beginning === "string") {
      this.#kind = beginning;
      this.#head = head;
      return;
    }
    const { kind, start } = beginning;
    this.#kind = kind;
    yield { content: head.subarray(start), kind };
  }
}
