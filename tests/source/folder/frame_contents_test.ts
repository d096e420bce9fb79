import { assertEquals } from "@std/assert";
import { FrameContents } from "../../../src/source/folder/frame_contents.ts";
import { bytes, header, image, TRAILER } from "../../support/gif/gif_bytes.ts";

const CORNER = image({ width: 1, height: 1 });

function standaloneOf(contents: FrameContents, data: Uint8Array): boolean[] {
  return contents.add(bytes(data), 0, true)
    .map((found) => "frame" in found && found.frame.standalone);
}

Deno.test("FrameContents begins a whole GIF on a clear screen", () => {
  const gif = bytes(header(3, 2), CORNER, CORNER, TRAILER);
  const maxFrameBytes = 1000;
  const whole = new FrameContents({ maxFrameBytes });
  assertEquals(standaloneOf(whole, gif), [true, false]);
  const resumed = new FrameContents({ maxFrameBytes, framesRead: 1 });
  assertEquals(standaloneOf(resumed, gif), [false]);
  const sequence = whole.sequence;
  const bare = new FrameContents({ maxFrameBytes, bare: true, sequence });
  assertEquals(standaloneOf(bare, bytes(CORNER, TRAILER)), [false]);
});
