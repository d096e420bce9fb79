import type { Intake } from "../../channel/intake.ts";
import { Secret } from "./secret.ts";

/** Options for senders of frames. */
export interface IngestAccess {
  /**
   * Token that senders must send: `Authorization: Bearer TOKEN`; or a function
   * that tells it, asked at each request, for one that changes.
   *
   * @default {undefined} nobody may send
   */
  token?: string | (() => string | undefined);
  /**
   * True if senders may also send the token as a password, with any user
   * (Basic authentication), or in the address, as `?token=TOKEN`: some cameras
   * can send nothing else. Logs of proxies show addresses.
   *
   * @default {false}
   */
  anyAuthentication?: boolean;
  /** Destination of the frames, for instance an {@linkcode Ingest}. */
  intake: Intake;
  /**
   * Called with one line of text when a sender is refused: programs that send
   * endlessly often do not look at the answer.
   *
   * @default {() => {}}
   */
  onRefused?: (message: string) => void;
  /**
   * Hint for senders that are refused because there is no token: how to make
   * the server take frames, as in `start it with TOKEN in its environment`.
   *
   * @default {undefined} senders learn only that there is no token
   */
  advice?: string;
}

/** {@linkcode IngestAccess} with its defaults. */
export interface IngestSettings {
  /** The token that senders must know; undefined: nobody may send. */
  secret: Secret | undefined;
  /** True if the token may be a password, or in the address. */
  anyAuthentication: boolean;
  /** Destination of the frames. */
  intake: Intake;
  /** Called when a sender is refused. */
  onRefused: (message: string) => void;
  /** Hint for refused senders: how to make the server take frames. */
  advice: string | undefined;
}

/** Options with their defaults; undefined if there are none. */
export function ingestSettings(
  options: IngestAccess | undefined,
): IngestSettings | undefined {
  if (options === undefined) return undefined;
  const { token, intake, onRefused = () => {}, advice } = options;
  const { anyAuthentication = false } = options;
  const secret = secretOf(typeof token === "function" ? token : () => token);
  return {
    get secret() {
      return secret();
    },
    anyAuthentication,
    intake,
    onRefused,
    advice,
  };
}

/** The secret, which is made anew when the token is another. */
function secretOf(token: () => string | undefined): () => Secret | undefined {
  let made: string | undefined;
  let secret: Secret | undefined;
  const current = () => {
    const now = token();
    if (now !== made) {
      secret = now === undefined ? undefined : new Secret(now);
      made = now;
    }
    return secret;
  };
  // An empty token is refused at once.
  current();
  return current;
}
