import { assertEquals } from "@std/assert";
import { FormNeed } from "../../../src/encoding/form_need.ts";
import type { RedisEntry } from "../../../src/redis/redis_entry.ts";
import { EdgeChannel } from "../../../src/source/redis/edge_channel.ts";
import { bytes, image } from "../../support/gif/gif_bytes.ts";
import { plainJpeg } from "../../support/image/jpeg_files.ts";

const SCREEN = { width: 2, height: 1 };
const A = "aaaaaaaaaaaaaaaa", B = "bbbbbbbbbbbbbbbb";
const JPEG = plainJpeg(8, 8, [9, 9, 9]);
/** The number of a part that is the last of a trial. */
const LAST = 255;

/** A part whose second pixel is its number. */
function partBytes(number: number): Uint8Array {
  const indices = Uint8Array.of(0, number);
  return bytes(
    [0x21, 0xf9, 4, 4, 2, 0, 0, 0],
    image({ ...SCREEN, colors: 256, codeSize: 8, indices }),
  );
}

const NUMBERS = new Map(
  Array.from({ length: 256 }, (_, i) => [partBytes(i).toHex(), i]),
);

function part(
  number: number,
  { keyframe = false, wasPublished = false, session = A } = {},
): RedisEntry {
  return {
    ...{ type: "part", session, number, keyframe, wasPublished },
    bytes: partBytes(number),
  };
}

function keyframe(number: number, { wasPublished = false, session = A } = {}) {
  return {
    ...{ type: "keyframe", session, number, screen: SCREEN } as const,
    ...{ bytes: partBytes(number), wasPublished },
  };
}

const jpeg = {
  ...{ type: "jpeg", session: A, size: { width: 8, height: 8 } } as const,
  bytes: JPEG,
};
const opened: RedisEntry = { type: "open", session: A };
const begun: RedisEntry = { type: "begin", session: A, screen: SCREEN };

/** A channel, and what comes of it. */
class Trial {
  readonly needs = {
    gif: new FormNeed(),
    jpeg: new FormNeed(),
    pictures: new FormNeed(),
  };
  readonly refused: string[] = [];
  readonly channel = new EdgeChannel({
    name: "live",
    needs: this.needs,
    timeOf: () => 1000,
    onState: () => {},
    onUnchanged: () => {},
    onRefused: (error) => this.refused.push((error as Error).message),
  });
  #id = 1;

  take(...entries: RedisEntry[]): this {
    for (const entry of entries) this.channel.take(`${this.#id++}-0`, entry);
    return this;
  }

  /** The numbers of the parts that come of it, and J for each JPEG. */
  async pictures(): Promise<(number | string)[]> {
    this.take({ ...keyframe(LAST), session: A, type: "keyframe" });
    const seen: (number | string)[] = [];
    for await (const { part } of this.channel.pictures(() => seen.push("J"))) {
      const number = NUMBERS.get(part.bytes.toHex())!;
      if (number === LAST) break;
      seen.push(number);
    }
    return seen;
  }
}

Deno.test("EdgeChannel gives each part once, in order", async () => {
  const trial = new Trial().take(
    ...[opened, begun, part(3, { keyframe: true }), part(4), part(4), part(3)],
    ...[keyframe(4), part(5)],
  );
  assertEquals(await trial.pictures(), [3, 4, 5]);
});

Deno.test("EdgeChannel waits for a keyframe after a gap", async () => {
  const trial = new Trial().take(
    ...[opened, begun, part(1, { keyframe: true }), part(3), part(4)],
  );
  assertEquals(trial.channel.needsEntrance, true);
  trial.take(keyframe(4), part(5), part(8), part(9, { keyframe: true }));
  assertEquals(await trial.pictures(), [1, 4, 5, 9]);
});

Deno.test("EdgeChannel takes nothing of a session that is over", async () => {
  const trial = new Trial().take(
    ...[{ ...opened, session: B }, { ...begun, session: B }],
    ...[keyframe(7, { session: B }), opened, part(8, { session: B })],
    ...[keyframe(1), part(9, { session: B }), part(2)],
  );
  assertEquals(await trial.pictures(), [7, 1, 2]);
});

Deno.test("EdgeChannel enters by the keyframe beside the stream, never back", async () => {
  const trial = new Trial();
  const { channel } = trial;
  channel.enter(A, { id: "5-0", entry: keyframe(20) }, undefined);
  assertEquals([channel.cursor, channel.needsEntrance], ["5-0", false]);
  trial.take(part(20), part(21));
  // One of before would take viewers back.
  channel.enter(A, { id: "4-0", entry: keyframe(19) }, undefined);
  assertEquals(channel.needsEntrance, false);
  channel.enter(A, { id: "9-0", entry: keyframe(30) }, undefined);
  assertEquals(channel.cursor, "9-0");
  assertEquals(await trial.pictures(), [20, 21, 30]);
});

Deno.test("EdgeChannel looks for an entrance until there is one that helps", () => {
  const trial = new Trial().take(opened, keyframe(5), part(7));
  const { channel } = trial;
  assertEquals(channel.needsEntrance, true);
  channel.enter(A, { id: "1-0", entry: keyframe(4) }, undefined);
  assertEquals(channel.needsEntrance, true);
  channel.enter(A, { id: "8-0", entry: keyframe(8) }, undefined);
  assertEquals(channel.needsEntrance, false);
});

Deno.test("EdgeChannel draws nothing on a part that was refused", async () => {
  const bad = { ...part(2), bytes: Uint8Array.of(0x3b) } as RedisEntry;
  const trial = new Trial().take(opened, begun, keyframe(1), bad, part(3));
  assertEquals(await trial.pictures(), [1]);
  assertEquals(trial.refused, [
    "Cannot read part: expected blocks to its end, found trailer",
  ]);
  assertEquals(trial.channel.needsEntrance, true);
});

Deno.test("EdgeChannel leaves out the GIF of JPEGs until it is needed", async () => {
  const of = { wasPublished: true };
  const trial = new Trial();
  trial.channel.enter(A, undefined, undefined);
  trial.take(
    opened,
    begun,
    jpeg,
    keyframe(1, of),
    part(2, of),
    jpeg,
    part(3, of),
  );
  assertEquals(trial.channel.needsEntrance, false);
  trial.needs.gif.set(true);
  assertEquals(trial.channel.needsEntrance, true);
  trial.channel.enter(A, { id: "4-0", entry: keyframe(2, of) }, {
    id: "3-0",
    entry: jpeg,
  });
  // From there all is read once more, but no JPEG is given twice.
  assertEquals(trial.channel.cursor, "4-0");
  trial.channel.take("6-0", jpeg);
  trial.channel.take("7-0", part(3, of));
  assertEquals(await trial.pictures(), ["J", "J", 2, 3]);
});

Deno.test("EdgeChannel takes no more when the channel takes nothing", () => {
  const trial = new Trial().take(opened, begun);
  const large = { ...part(1), bytes: new Uint8Array(2 ** 23) } as RedisEntry;
  trial.take({ ...large, keyframe: true } as RedisEntry);
  assertEquals(trial.channel.isFull, false);
  trial.take({ ...large, number: 2 } as RedisEntry);
  assertEquals(trial.channel.isFull, true);
});
