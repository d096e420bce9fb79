import { Faults } from "../log/faults.ts";
import { type FanoutContext, noCounts } from "./viewers/fanout.ts";
import { ViewerLimit } from "./viewers/viewer_limit.ts";

/** Options of {@linkcode Broadcaster}. */
export interface BroadcasterOptions {
  /**
   * Length of the backlog that a new viewer gets, in seconds; 0 means the
   * newest picture only. Players show the backlog at the parts' own delays.
   *
   * @default {0}
   */
  backlogSeconds?: number;
  /**
   * Most bytes of parts in the backlog; the newest part is always included.
   *
   * @default {16777216}
   */
  maxBacklogBytes?: number;
  /**
   * Length of the past that is kept for looking back, in seconds; 0 means
   * the newest picture only.
   *
   * @default {0}
   */
  keepSeconds?: number;
  /**
   * Most bytes kept of the past, backlog included; the newest part is always
   * kept.
   *
   * @default {67108864}
   */
  maxKeepBytes?: number;
  /**
   * Most viewers at a time.
   *
   * @default {10000}
   */
  maxViewers?: number;
  /** A limit that this stream's viewers count for, too; none by default. */
  viewerLimit?: ViewerLimit;
  /**
   * A viewer that takes nothing for this long, although data is waiting, is
   * cut off.
   *
   * @default {30000}
   */
  stallTimeoutMilliseconds?: number;
  /**
   * After this long with nothing to send, an empty comment extension is
   * sent, so that proxies do not take the connection for dead.
   *
   * @default {15000}
   */
  keepAliveMilliseconds?: number;
  /**
   * Listener for unexpected errors, each of which ends one viewer or one form
   * of the stream.
   *
   * @default {new Faults()} which writes to standard error
   */
  faults?: Faults;
  /**
   * Called with one line of text when the past was lost, since its thread broke
   * down or could not keep up: the next pictures are drawn on an empty canvas.
   */
  onPastLost?: (message: string) => void;
}

/** Options of one viewer. */
export interface AttachOptions {
  /**
   * Length of the backlog that the viewer gets first, in seconds, as far as
   * the past is kept.
   *
   * @default {BroadcasterOptions.backlogSeconds}
   */
  backlogSeconds?: number;
}

/** Set when several fan-outs share one channel. */
export interface SharedContext {
  /**
   * State shared by the fan-outs of one channel. It replaces the options for
   * viewers, timeouts and faults, which are ignored then.
   */
  context?: FanoutContext & { onEmpty?: () => void };
  /** Called when the first viewer has come, and when the last has left. */
  onWatched?: (watched: boolean) => void;
}

/**
 * Makes the context of a stream from its options.
 *
 * @param onViewers Called with the number of viewers when it changes.
 */
export function fanoutContext(
  options: BroadcasterOptions,
  onViewers?: (count: number) => void,
): FanoutContext {
  const {
    maxViewers = 10_000,
    viewerLimit,
    stallTimeoutMilliseconds = 30_000,
    keepAliveMilliseconds = 15_000,
    faults = new Faults(),
  } = options;
  checkRange({
    maxViewers,
    stallTimeoutMilliseconds,
    keepAliveMilliseconds,
  }, 1);
  return {
    limit: new ViewerLimit(maxViewers, viewerLimit, onViewers),
    counts: noCounts(),
    faults,
    stallTimeoutMilliseconds,
    keepAliveMilliseconds,
  };
}

/** @throws {RangeError} If a value is less than the least. */
export function checkRange(values: Record<string, number>, min: number): void {
  for (const [name, value] of Object.entries(values)) {
    if (!(value >= min)) {
      throw new RangeError(
        `Cannot make broadcaster: ${name} must be at least ${min}: ${value}`,
      );
    }
  }
}
