import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import type { PixelFrame } from "../../src/encoding/pixel_frame.ts";
import { Loss, withNoSignal } from "../../src/source/no_signal.ts";
import { drawNoSignal } from "../../src/source/no_signal_picture.ts";

function picture(width: number, height: number, value = 200): PixelFrame {
  const pixels = new Uint8Array(3 * width * height).fill(value);
  return { pixels, width, height, timestampMilliseconds: 0 };
}

/** Text as the picture shows it: a line a row, # for what is bright. */
function brightRows({ pixels, width, height }: PixelFrame): string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from(
      { length: width },
      (_, x) => pixels[3 * (y * width + x)] > 200 ? "#" : ".",
    ).join(""));
}

Deno.test("drawNoSignal() dims the picture and says for how long", () => {
  const last = picture(64, 24);
  const drawn = drawNoSignal(last, 3_723_000);
  assertEquals(last.pixels[0], 200);
  assertEquals(drawn.pixels[0], 70);
  assertEquals(drawn.timestampMilliseconds, 3_723_000);
  const rows = brightRows(drawn);
  // The tops of N O S I G N A L, then those of 1:02:03.
  assert(rows[2].includes("#...#..###........"), rows.join("\n"));
  assert(rows[15].includes("..#..........###...###...."), rows.join("\n"));
  const later = brightRows(drawNoSignal(last, 3_724_000));
  assertEquals(rows.slice(0, 12), later.slice(0, 12));
  assertNotEquals(rows, later);
});

Deno.test("drawNoSignal() draws what fits into pictures of any size", () => {
  for (const [width, height] of [[1, 1], [1, 99], [99, 1], [17, 5], [999, 9]]) {
    const drawn = drawNoSignal(picture(width, height), 5000);
    assertEquals(drawn.pixels.length, 3 * width * height);
  }
});

Deno.test("withNoSignal() fills the gap while no picture comes", async () => {
  const back = Promise.withResolvers<void>();
  const told: boolean[] = [];
  async function* away() {
    yield picture(64, 64);
    await back.promise;
    yield picture(64, 64, 100);
  }
  const pictures = withNoSignal(away(), {
    afterMilliseconds: 1,
    secondAfterMilliseconds: 1,
    intervalMilliseconds: 1,
    onSignal: (present) => told.push(present),
  });
  const first = (await pictures.next()).value!;
  assertEquals(first.pixels[0], 200);
  // Who takes a picture may transfer its buffer.
  first.pixels.buffer.transfer();
  for (let i = 0; i < 3; i++) {
    assertEquals((await pictures.next()).value!.pixels[0], 70);
  }
  back.resolve();
  let value: number;
  do value = (await pictures.next()).value!.pixels[0]; while (value === 70);
  assertEquals(value, 100);
  assertEquals((await pictures.next()).done, true);
  assertEquals(told, [true, false, true]);
});

Deno.test("withNoSignal() ends at once when it is left or aborted", async () => {
  for (const leave of ["return", "abort"]) {
    const stop = new AbortController();
    const never = {
      next: () => new Promise<IteratorResult<PixelFrame>>(() => {}),
      return: () => Promise.resolve({ done: true as const, value: undefined }),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    const pictures = withNoSignal(never, { signal: stop.signal });
    const next = pictures.next();
    if (leave === "abort") stop.abort();
    else await pictures.return();
    assertEquals((await next).done, true);
  }
});

Deno.test("withNoSignal() says which pictures only stand in", async () => {
  async function* away() {
    yield picture(64, 64, 200);
    await new Promise(() => {});
  }
  const pictures = withNoSignal(away(), {
    afterMilliseconds: 1,
    secondAfterMilliseconds: 1,
  });
  assertEquals((await pictures.next()).value!.standsIn, undefined);
  assertEquals((await pictures.next()).value!.standsIn, true);
  await Promise.race([pictures.return(), Promise.resolve()]);
});

Deno.test("withNoSignal() waits for what is slow, unless it is known to be away", async () => {
  async function* slow() {
    yield picture(64, 64);
    await delay(100);
    yield picture(64, 64, 100);
    await new Promise(() => {});
  }
  const told: boolean[] = [], loss = new Loss();
  const pictures = withNoSignal(slow(), {
    afterMilliseconds: 1,
    loss,
    onSignal: (present) => told.push(present),
  });
  assertEquals((await pictures.next()).value!.standsIn, undefined);
  // A second picture that takes long is one of a slow source.
  assertEquals((await pictures.next()).value!.standsIn, undefined);
  const third = pictures.next();
  loss.note();
  assertEquals((await third).value!.standsIn, true);
  assertEquals(told, [true, false]);
  await Promise.race([pictures.return(), Promise.resolve()]);
});
