import { assert, assertEquals, assertThrows } from "@std/assert";
import { PART_ROOM_BYTES } from "../../../src/gif/read/block_reader.ts";
import {
  FrameReader,
  type GifFrame,
} from "../../../src/gif/read/frame_reader.ts";
import {
  framePart,
  type FramePartOptions,
} from "../../../src/gif/write/frame_part.ts";
import { streamHeader } from "../../../src/gif/write/stream_header.ts";
import {
  bytes,
  COMMENT,
  graphicControl,
  header,
  image,
  NETSCAPE,
  table,
  TRAILER,
} from "../../support/gif/gif_bytes.ts";

function frameOf(gif: Uint8Array, begin = 0): GifFrame {
  const reader = new FrameReader();
  reader.push(gif, begin);
  reader.end();
  return reader.next()!;
}

function partOf(gif: Uint8Array, options?: FramePartOptions): Uint8Array {
  return framePart(frameOf(gif), options).bytes;
}

Deno.test("streamHeader() has no table and no loop block", () => {
  assertEquals(
    streamHeader({ width: 0x1234, height: 0x0102 }),
    bytes("GIF89a", [0x34, 0x12, 0x02, 0x01, 0x70, 0, 0]),
  );
});

Deno.test("streamHeader() refuses a size that does not fit", () => {
  for (const width of [0, -1, 65536, 1.5, NaN]) {
    assertThrows(
      () => streamHeader({ width, height: 1 }),
      RangeError,
      `width and height must be 1 to 65535: ${width}x1`,
    );
  }
});

Deno.test("framePart() makes the global table local, of every size", () => {
  for (const colors of [2, 4, 8, 16, 32, 64, 128, 256]) {
    const picture = image({ width: 3, height: 2 });
    const gif = bytes(header(3, 2, colors), NETSCAPE, picture, TRAILER);
    const local = image({ width: 3, height: 2, colors });
    const control = graphicControl({ delayCentiseconds: 2 });
    assertEquals(partOf(gif), bytes(control, local));
  }
});

Deno.test("framePart() keeps a local table and the image's flags", () => {
  const local = image({
    left: 1,
    top: 2,
    width: 3,
    height: 2,
    colors: 16,
    interlaced: true,
    sorted: true,
  });
  const gif = bytes(
    header(4, 4, 256),
    image({ width: 4, height: 4 }),
    COMMENT,
    graphicControl({ disposal: 1, transparentIndex: 5, delayCentiseconds: 9 }),
    local,
    TRAILER,
  );
  const reader = new FrameReader();
  reader.push(gif);
  reader.next();
  assertEquals(
    framePart(reader.next()!),
    {
      bytes: bytes(
        graphicControl({
          disposal: 1,
          transparentIndex: 5,
          delayCentiseconds: 2,
        }),
        local,
      ),
      keyframe: false,
    },
  );
});

Deno.test("framePart() works in place wherever there is room", () => {
  const whole = bytes(header(3, 2, 256), image({ width: 3, height: 2 }));
  const wholeFrame = frameOf(whole);
  assertEquals(framePart(wholeFrame).bytes.buffer, whole.buffer);

  const bare = image({ width: 3, height: 2 });
  const roomy = bytes(new Uint8Array(PART_ROOM_BYTES), bare);
  const reader = new FrameReader({
    sequence: {
      screen: { width: 3, height: 2 },
      globalColorTable: bytes(table(256)),
    },
  });
  reader.push(roomy, PART_ROOM_BYTES);
  const part = framePart(reader.next()!);
  assertEquals(part.bytes.buffer, roomy.buffer);
  assertEquals(part.bytes.length, bare.length + 8 + 768);
});

Deno.test("framePart() copies rather than overwrite the image before", () => {
  const first = image({ width: 3, height: 2 });
  const second = image({ width: 2, height: 2 });
  const reader = new FrameReader();
  reader.push(bytes(header(3, 2, 128), first, second, TRAILER));
  const one = framePart(reader.next()!).bytes;
  const copy = one.slice();
  const two = framePart(reader.next()!).bytes;
  assertEquals(one, copy);
  const local = image({ width: 2, height: 2, colors: 128 });
  assertEquals(two, bytes(graphicControl({ delayCentiseconds: 2 }), local));
});

Deno.test("framePart() sets the delay that it is told", () => {
  const gif = bytes(
    header(1, 1),
    graphicControl({ delayCentiseconds: 1000 }),
    image({ width: 1, height: 1 }),
  );
  const delay = (options?: FramePartOptions) => {
    const part = partOf(gif.slice(), options);
    return part[4] | part[5] << 8;
  };
  assertEquals(delay(), 2);
  assertEquals(delay({ delayCentiseconds: 300 }), 300);
  assertEquals(delay({ delayCentiseconds: "source" }), 1000);
  assertThrows(
    () => delay({ delayCentiseconds: 65536 }),
    RangeError,
    "delayCentiseconds must be 0 to 65535: 65536",
  );
});

Deno.test("framePart() writes disposal as browsers understand it", () => {
  const effective = [0, 1, 2, 3, 4, 5, 6, 7].map((disposal) => {
    const gif = bytes(
      header(1, 1),
      graphicControl({ disposal, userInput: true }),
      image({ width: 1, height: 1 }),
    );
    return partOf(gif)[3];
  });
  assertEquals(effective, [0, 4, 8, 12, 12, 0, 0, 0]);
});

Deno.test("framePart() puts the clear screen back below a standalone frame", () => {
  const effective = [0, 1, 2, 3, 4].map((disposal) => {
    const frame = frameOf(bytes(
      header(1, 1),
      graphicControl({ disposal }),
      image({ width: 1, height: 1 }),
    ));
    frame.standalone = true;
    return framePart(frame).bytes[3] >> 2;
  });
  assertEquals(effective, [0, 1, 2, 2, 2]);
});

Deno.test("framePart() clears the screen before a picture with holes", () => {
  const picture = bytes(
    graphicControl({ transparentIndex: 0, delayCentiseconds: 2 }),
    image({ width: 2, height: 2, colors: 2 }),
  );
  const part = framePart(
    frameOf(bytes(header(2, 2, 0), picture, TRAILER)),
  );
  assert(part.keyframe);
  const clearing = part.bytes.slice(0, -picture.length);
  assertEquals(part.bytes.slice(clearing.length), picture);
  const reader = new FrameReader();
  reader.push(bytes(header(2, 2, 0), clearing));
  const frame = reader.next() ?? (reader.end(), reader.next()!);
  const { disposal, transparent } = frame.graphicControl!;
  assertEquals([disposal, transparent], [2, true]);
  assertEquals([frame.image.width, frame.image.height], [2, 2]);
});
