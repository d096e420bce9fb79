/**
 * What it costs to know what viewers see: drawing each part of a stream, and
 * making a keyframe when one is asked for.
 *
 * @module
 */

import { decompressFrames, parseGIF } from "gifuct-js";
import { Canvas } from "../../../src/gif/canvas/canvas.ts";
import { keyframe } from "../../../src/gif/canvas/keyframe.ts";
import { FrameReader } from "../../../src/gif/read/frame_reader.ts";
import { framePart } from "../../../src/gif/write/frame_part.ts";
import { changes, wholeFrames } from "../clips.ts";

const CLIPS = [
  ...(await wholeFrames()).map((clip) => ({ ...clip, kind: "whole" })),
  ...(await changes()).map((clip) => ({ ...clip, kind: "changes" })),
];

for (const { name, kind, gif } of CLIPS) {
  const group = `${name}, ${kind}`;
  const untouched = gif.slice();
  const reader = new FrameReader();
  reader.push(gif);
  reader.end();
  const parts: Uint8Array[] = [];
  let canvas: Canvas | undefined;
  for (let frame = reader.next(); frame; frame = reader.next()) {
    canvas ??= new Canvas(frame.screen);
    parts.push(framePart(frame).bytes);
    canvas.drawPart(parts.at(-1)!);
  }
  if (canvas === undefined) throw new Error(`Cannot measure ${name}: empty`);
  const drawn = canvas;
  console.log(
    `${group}: ${parts.length} parts of ` +
      `${parts.reduce((sum, { length }) => sum + length, 0)} bytes, ` +
      `a keyframe of ${keyframe(drawn).length}`,
  );

  Deno.bench(`gifuct-js, ${parts.length} patches, ${group}`, {
    group,
    baseline: true,
  }, () => {
    decompressFrames(parseGIF(untouched.buffer), true);
  });
  Deno.bench(`Canvas, ${parts.length} parts, ${group}`, { group }, () => {
    for (const part of parts) drawn.drawPart(part);
  });
  Deno.bench(`keyframe, ${group}`, { group }, () => {
    keyframe(drawn);
  });
}
