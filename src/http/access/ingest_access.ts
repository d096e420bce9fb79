import type { Intake } from "../../channel/intake.ts";
import { Secret } from "./secret.ts";

/** Who may send frames, and where they go. */
export interface IngestAccess {
  /**
   * What senders must know: `Authorization: Bearer TOKEN`.
   *
   * @default {undefined} nobody may send
   */
  token?: string;
  /** Where the frames go, for instance an {@linkcode Ingest}. */
  intake: Intake;
  /**
   * Called with one line of text when a sender is refused: those who send
   * without end often do not look at the answer.
   *
   * @default {() => {}}
   */
  onRefused?: (message: string) => void;
}

/** {@linkcode IngestAccess}, as the handler keeps it. */
export interface IngestSettings {
  /** What senders must know. */
  secret: Secret;
  /** Where the frames go. */
  intake: Intake;
  /** Told when a sender is refused. */
  onRefused: (message: string) => void;
}

/** Options with their defaults; undefined if nobody may send. */
export function ingestSettings(
  options: IngestAccess | undefined,
): IngestSettings | undefined {
  if (options?.token === undefined) return undefined;
  const { token, intake, onRefused = () => {} } = options;
  return { secret: new Secret(token), intake, onRefused };
}
