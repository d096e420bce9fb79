/**
 * What it costs to keep the past of a stream, against keeping only the newest
 * picture; what the other ways to keep it would cost; and what who asks for
 * the past has to wait for.
 *
 * @module
 */

import { Broadcaster } from "../../src/channel/broadcaster.ts";
import type { LogicalScreen } from "../../src/gif/block.ts";
import { Canvas } from "../../src/gif/canvas/canvas.ts";
import { keyframe } from "../../src/gif/canvas/keyframe.ts";
import { framePart, type Part } from "../../src/gif/write/frame_part.ts";
import type { PastClipOptions } from "../../src/past/past.ts";
import { framesOf } from "../../tests/support/gif/frames.ts";
import { changes, wholeFrames } from "../gif/clips.ts";

const CLIPS = [
  ...(await wholeFrames()).map((clip) => ({ ...clip, kind: "whole" })),
  ...(await changes()).map((clip) => ({ ...clip, kind: "changes" })),
];

const INTERVAL_MILLISECONDS = 100;
const KEPT_SECONDS = 30;
/** As the server asks for it. */
const FINITE = { seconds: 5, encodingMilliseconds: 70 };
/** Between two canvases of a stream of changes. */
const PARTS_A_CANVAS = 50;

/** A stream that plays a clip again and again, at ten pictures a second. */
class Player {
  readonly broadcaster: Broadcaster;
  readonly #parts: Part[];
  #sent = 0;

  constructor(screen: LogicalScreen, parts: Part[], keepSeconds: number) {
    this.broadcaster = new Broadcaster({ keepSeconds });
    this.broadcaster.begin(screen);
    this.#parts = parts;
  }

  /** When the newest part was sent, in the time of the clip. */
  get now(): number {
    return this.#sent * INTERVAL_MILLISECONDS;
  }

  play(parts: number): void {
    for (let i = 0; i < parts; i++) {
      const part = this.#parts[this.#sent++ % this.#parts.length];
      this.broadcaster.publish(part, this.now);
    }
  }
}

for (const { name, kind, gif } of CLIPS) {
  const group = `${name}, ${kind}`;
  const frames = framesOf(gif);
  const [{ screen }] = frames;
  const parts = frames.map((frame) => framePart(frame));
  // The first one again is no change that a real stream would have.
  if (kind === "changes") parts[0].keyframe = false;
  const newestOnly = new Player(screen, parts, 0);
  const keeping = new Player(screen, parts, KEPT_SECONDS);
  keeping.play(10 * KEPT_SECONDS);
  Deno.bench(`keep the newest, ${PARTS_A_CANVAS} parts, ${group}`, {
    group,
    baseline: true,
  }, () => newestOnly.play(PARTS_A_CANVAS));
  Deno.bench(`keep 30 s, ${PARTS_A_CANVAS} parts, ${group}`, { group }, () => {
    keeping.play(PARTS_A_CANVAS);
  });
  if (kind === "changes") {
    const canvas = new Canvas(screen);
    let sent = 0;
    Deno.bench(`... if one canvas followed behind, ${group}`, { group }, () => {
      for (let i = 0; i < PARTS_A_CANVAS; i++) {
        canvas.drawPart(parts[sent++ % parts.length].bytes);
      }
    });
    Deno.bench(`... if a keyframe were made, ${group}`, { group }, () => {
      keyframe(canvas);
    });
  }
  const { past } = keeping.broadcaster;
  Deno.bench(`a picture of 7 s ago, ${group}`, { group }, async () => {
    await past.picture(keeping.now - 7000);
  });
  const clips: Record<string, PastClipOptions> = {
    "a clip of 10 s": { seconds: 10 },
    "a clip of 5 s": { seconds: 5 },
    "?finite": { ...FINITE, leastSeconds: 1, maxBytes: 2e6 },
    "?finite&max_bytes=500000": { ...FINITE, leastSeconds: 1, maxBytes: 5e5 },
    "?finite&seconds=5&max_bytes=500000": { ...FINITE, maxBytes: 5e5 },
  };
  for (const [what, options] of Object.entries(clips)) {
    Deno.bench(`${what}, ${group}`, { group }, async () => {
      keeping.play(1);
      await past.clip({ ...options, endMilliseconds: keeping.now });
    });
  }
}
