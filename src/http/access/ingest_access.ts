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
  /**
   * Tells those who send frames while there is no token how the server is made
   * to take them, as in `start it with TOKEN in its environment`.
   *
   * @default {undefined} they are told only that there is no token
   */
  advice?: string;
}

/** {@linkcode IngestAccess}, as the handler keeps it. */
export interface IngestSettings {
  /** The token that senders must know; undefined: nobody may send. */
  secret: Secret | undefined;
  /** Where the frames go. */
  intake: Intake;
  /** Told when a sender is refused. */
  onRefused: (message: string) => void;
  /** How the server is made to take frames, for senders that it refuses. */
  advice: string | undefined;
}

/** Options with their defaults; undefined if there are none. */
export function ingestSettings(
  options: IngestAccess | undefined,
): IngestSettings | undefined {
  if (options === undefined) return undefined;
  const { token, intake, onRefused = () => {}, advice } = options;
  const secret = token === undefined ? undefined : new Secret(token);
  return { secret, intake, onRefused, advice };
}
