import { assertEquals } from "@std/assert";
import { concat } from "@std/bytes/concat";
import { decodeGif } from "../../../src/entries/gif.ts";
import { framePart } from "../../../src/gif/write/frame_part.ts";
import {
  followingMessage,
  LAST_MESSAGE,
  openingMessage,
  screenOf,
} from "../../../src/publish/nginx/nchan_messages.ts";
import { colorFrame } from "../../support/gif/color_frame.ts";

const SCREEN = { width: 3, height: 2 };

function part(red: number): Uint8Array {
  return framePart(colorFrame(3, 2, [red, 0, 0])).bytes;
}

/** The reds that a viewer sees who gets these messages. */
function reds(messages: Uint8Array[]): number[] {
  return [...decodeGif(concat(messages))].map(({ pixels }) => pixels[0]);
}

Deno.test("messages are one GIF from the first on, and from each opening on", () => {
  const messages = [
    openingMessage(SCREEN, [part(1), part(2)]),
    followingMessage([part(3)]),
    // A sign of life.
    followingMessage([]),
    openingMessage(SCREEN, [part(3)]),
    openingMessage(SCREEN, [part(4)]),
    followingMessage([part(5), part(6)]),
    LAST_MESSAGE,
  ];
  assertEquals(reds(messages), [1, 2, 3, 3, 4, 5, 6]);
  assertEquals(reds(messages.slice(3)), [3, 4, 5, 6]);
  assertEquals(reds(messages.slice(4)), [4, 5, 6]);
});

Deno.test("screenOf() tells the screen of an opening", () => {
  const screen = { width: 65535, height: 259 };
  const opening = openingMessage(screen, [part(1)]);
  assertEquals(screenOf(opening), screen);
  assertEquals(screenOf(opening.subarray(0, 12)), undefined);
  assertEquals(screenOf(followingMessage([part(1)])), undefined);
  assertEquals(screenOf(new Uint8Array(20)), undefined);
});
