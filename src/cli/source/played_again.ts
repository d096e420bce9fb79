import type { SourcePicture } from "../../encoding/frame_source.ts";
import {
  isPlaylist,
  playlistText,
  untilPlaylistChanges,
} from "../../source/ffmpeg/playlist.ts";
import { pause } from "../../timing/pause.ts";
import type { Frames, SourceContext } from "./source_context.ts";

/** Time between two looks at a file. */
const POLL_MILLISECONDS = 500;

/**
 * The frames of a file, or of a playlist, again each time when it is written
 * again after its end.
 */
export class PlayedAgain implements Frames {
  readonly #input: string;
  readonly #context: SourceContext;
  readonly #play: () => Frames;
  #playing: Frames | undefined;
  #droppedBefore = 0;

  /**
   * @param input The file or the playlist.
   * @param context The options and listeners of the source.
   * @param play Opens it.
   */
  constructor(input: string, context: SourceContext, play: () => Frames) {
    this.#input = input;
    this.#context = context;
    this.#play = play;
  }

  /** Counts of all plays. */
  get stats(): Frames["stats"] {
    return {
      dropped: this.#droppedBefore + (this.#playing?.stats?.dropped ?? 0),
    };
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SourcePicture, void> {
    const { events, signal } = this.#context;
    for (let isAgain = false;; isAgain = true) {
      const before = await versionOf(this.#input);
      this.#playing = this.#play();
      let isLive = !isAgain;
      for await (const picture of this.#playing) {
        if (!isLive) events.onState("live", null);
        isLive = true;
        yield picture;
      }
      this.#droppedBefore = this.stats?.dropped ?? 0;
      this.#playing = undefined;
      if (signal.aborted) return;
      const atEnd = isPlaylist(this.#input)
        ? await playlistText(this.#input)
        : before;
      // What cannot be looked at has ended for ever.
      if (atEnd === undefined) return;
      events.onNotice(
        "The input has ended: the last picture stays until the file is " +
          "written again",
      );
      events.onState("ended", null);
      if (isPlaylist(this.#input)) {
        await untilPlaylistChanges(this.#input, atEnd, signal);
      } else await untilWritten(this.#input, atEnd, signal);
      if (signal.aborted) return;
    }
  }
}

/** Waits until a file is another one, and nobody writes to it. */
async function untilWritten(
  path: string,
  before: string,
  signal: AbortSignal,
): Promise<void> {
  let last: string | undefined = before;
  while (!signal.aborted) {
    await pause(POLL_MILLISECONDS, signal);
    const version = await versionOf(path);
    if (version !== undefined && version !== before && version === last) return;
    last = version;
  }
}

/** A text that changes when a file is written; undefined: there is no file. */
async function versionOf(path: string): Promise<string | undefined> {
  try {
    const { ino, size, mtime } = await Deno.stat(path);
    return `${ino} ${size} ${mtime?.getTime()}`;
  } catch {
    return undefined;
  }
}
