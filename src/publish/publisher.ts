import type { SourceStatus } from "../channel/source_state.ts";
import type { LogicalScreen } from "../gif/block.ts";
import type { PlaceStatus, PublishState } from "./place_status.ts";

/**
 * An event of a channel, for those who watch it elsewhere. The steps of a
 * channel come in the order in which its own viewers see them.
 *
 * Where steps were dropped, the numbers of parts have a gap, and the next step
 * of the GIF is a keyframe: one of type `keyframe`, or a part that is one. A
 * keyframe may be of some parts ago: those after it follow it once more.
 */
export type PublishStep =
  /** The channel was added; all that was known of it before is void. */
  | { type: "open"; title: string }
  /** The state of its source changed. */
  | { type: "source"; source: SourceStatus }
  /** A GIF begins, with this logical screen. */
  | { type: "begin"; screen: LogicalScreen }
  /** A keyframe that shows what viewers see after the part of this number. */
  | {
    type: "keyframe";
    number: number;
    bytes: Uint8Array<ArrayBuffer>;
    /** True if a JPEG of the same picture was a step before. */
    wasPublished: boolean;
  }
  | {
    type: "part";
    /** Number of parts that the channel sent before it. */
    number: number;
    /** True if it needs no part before it. */
    keyframe: boolean;
    bytes: Uint8Array<ArrayBuffer>;
    /** The JPEG that it was made of, if that was not a step before. */
    jpeg?: Uint8Array<ArrayBuffer>;
    /** True if a JPEG of the same picture was a step before. */
    wasPublished: boolean;
    /** Milliseconds from its source to here; undefined: not known. */
    ageMilliseconds?: number;
  }
  /** A JPEG as it came; parts of the same picture may follow. */
  | {
    type: "jpeg";
    jpeg: Uint8Array<ArrayBuffer>;
    size: LogicalScreen;
    /** True while no GIF is made: no part of this picture follows. */
    alone: boolean;
    ageMilliseconds?: number;
  }
  /**
   * The channel ended: it was removed, or, if `stays`, only this process ends,
   * and another may go on with it.
   */
  | { type: "end"; stays: boolean };

/** The forms that viewers elsewhere may need. */
export type PublishedForm = "gif" | "jpeg" | "pictures";

/** Listeners of a {@linkcode Publisher}. */
export interface PublisherEvents {
  /** The state of the place, and why it is so; null: there is no reason. */
  onState(state: PublishState, message: string | null): void;
  /**
   * The state of one channel there: `standby` while another process publishes
   * a channel of that name, with one line of text about it.
   */
  onStandby(channel: string, standby: boolean, message: string | null): void;
  /** The number of viewers of a channel there, if the place tells it. */
  onViewers(channel: string, viewers: number): void;
  /** Asks for a step of type `keyframe`, once it is made. */
  onKeyframeWanted(channel: string): void;
  /** Viewers elsewhere need a form of a channel, or no longer. */
  onNeed(channel: string, form: PublishedForm, needed: boolean): void;
  /** A part or JPEG got there. */
  onPublished(channel: string, bytes: number): void;
  /** Parts or JPEGs were dropped, since there was no room or no connection. */
  onDropped(channel: string, count: number): void;
}

/** A place where channels are published. It runs in a thread of its own. */
export interface Publisher {
  /**
   * Takes a step of a channel.
   *
   * @returns Resolved once its bytes are no longer in memory: it was written,
   * or dropped. It never rejects: see {@linkcode PublisherEvents.onState}. No
   * steps come while too many bytes wait.
   */
  publish(channel: string, step: PublishStep): Promise<void>;
  /** Writes what waits, and the end of all channels; takes a second at most. */
  close(): Promise<void>;
}

/** Opens a place; it connects by itself, and again after each failure. */
export type OpenPublisher = (
  place: PublishPlace,
  events: PublisherEvents,
) => Publisher;

/** A place, as `--publish` names it. */
export interface PublishPlace {
  kind: PlaceStatus["kind"];
  /** The address, with its secrets. */
  address: string;
  /** The address as it may be shown. */
  shown: string;
  /** The beginning of the names of all keys in Redis. */
  redisPrefix: string;
  /**
   * Certificates, in PEM, that Redis' own may be signed by.
   *
   * @default {undefined} those of the system
   */
  redisCa?: string;
}
