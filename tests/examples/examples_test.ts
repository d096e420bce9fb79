import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { startExample } from "../support/example.ts";
import { type Seen, seen, watch } from "../support/http/watch.ts";
import { requireTool } from "../support/require.ts";

Deno.test("examples/clock.ts shows a clock that goes", async () => {
  await using clock = await startExample("clock");
  const pictures = await distinctPictures(`${clock.origin}/clock.gif`, 4);
  assertEquals([pictures[0].width, pictures[0].height], [240, 240]);
  // The middle is below the hand of the seconds.
  assertEquals(colorAt(pictures[0], 120, 120), [205, 50, 40]);
});

Deno.test("examples/text.ts shows what is typed and what is posted", async () => {
  await using program = await startExample("text");
  const address = `${program.origin}/text.gif`;
  const invitation = await seen(address);
  const say = async (body: string) => {
    const response = await fetch(program.origin, { method: "POST", body });
    assertEquals(await response.text(), "Said.\n");
  };
  const watching = watch(address);
  const next = async () => (await watching.next()).value as Seen;
  assertEquals(await next(), invitation);
  await say("Hello there, everybody!");
  const posted = await next();
  assertNotEquals(posted, invitation);
  await say("");
  const blank = await next();
  assertEquals(new Set(blank.rgba).size, 3);
  await program.type("Hello there, everybody!");
  assertEquals(await next(), posted);
  await watching.return();
});

Deno.test("examples/drawing.ts shows what is drawn", async () => {
  await using program = await startExample("drawing");
  const page = await fetch(program.origin);
  assertEquals(page.headers.get("content-type"), "text/html");
  assert((await page.text()).includes('image.src = "drawing.gif"'));
  const address = `${program.origin}/drawing.gif`;
  const empty = await seen(address);
  assertEquals(colorAt(empty, 60, 40), [255, 255, 255]);
  const stroke = { from: [-50, 40], to: [100, 40], color: [200, 20, 40] };
  const response = await fetch(`${program.origin}/stroke`, {
    method: "POST",
    body: JSON.stringify(stroke),
  });
  assert(response.ok);
  await response.body?.cancel();
  const drawn = await seen(address, (picture) => {
    const [red, green] = colorAt(picture, 60, 40);
    return red > 180 && green < 50;
  });
  const [, green] = colorAt(drawn, 60, 60);
  assert(green > 200, "only the line is to be drawn");
});

Deno.test({
  name: "examples/relay.ts shows what ffmpeg plays, until Ctrl-C",
  ignore: !requireTool("ffmpeg"),
  async fn() {
    await using relay = await startExample("relay", "lavfi:testsrc2=rate=10");
    const address = `${relay.origin}/camera.gif`;
    await distinctPictures(address, 3);
    const response = await fetch(address);
    const [bytes, exitCode] = await Promise.all([
      response.bytes(),
      relay.interrupt(),
    ]);
    assertEquals(exitCode, 0);
    // The trailer: the last picture stays.
    assertEquals(bytes.at(-1), 0x3b);
  },
});

/** So many pictures, none like the one before it. */
async function distinctPictures(
  address: string,
  count: number,
): Promise<Seen[]> {
  const pictures: Seen[] = [];
  for await (const picture of watch(address)) {
    const last = pictures.at(-1)?.rgba;
    if (picture.rgba.some((value, at) => value !== last?.[at])) {
      pictures.push(picture);
    }
    if (pictures.length === count) break;
  }
  assertEquals(pictures.length, count);
  return pictures;
}

/** Red, green and blue of a pixel. */
function colorAt({ rgba, width }: Seen, x: number, y: number): number[] {
  return [...rgba.subarray(4 * (y * width + x)).subarray(0, 3)];
}
