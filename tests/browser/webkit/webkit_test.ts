import { assert, assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import type { Rectangle } from "../../support/browser/browser.ts";
import { readNumber } from "../../support/browser/numbered_frame.ts";
import {
  type NumberedStream,
  startNumberedStream,
} from "../../support/browser/numbered_stream.ts";
import { until } from "../../support/browser/until.ts";
import {
  assertInOrder,
  assertMoves,
  isDimmed,
  numbersWhile,
  untilAtRest,
  untilShows,
} from "../../support/webkit/watching.ts";
import {
  requireWebKit,
  startWebKit,
  type WebKit,
} from "../../support/webkit/webkit.ts";

const SIDE = 96;
/** As the stall; the page has noticed one when it has lasted longer. */
const STALL_MILLISECONDS = 3000;
const LONG_STALL_MILLISECONDS = 5000;
/** Time for the newest picture to be with all viewers. */
const SETTLE_MILLISECONDS = 1000;
/** Pictures of some 100 kB: a browser that keeps them grows by 20 MB. */
const MEMORY_STREAM = {
  blockPixels: 80,
  noisy: true,
  intervalMilliseconds: 50,
};
const MEMORY_WARM_UP_PICTURES = 60;
const MEMORY_PICTURES = 200;
const MAX_GROWTH_MEGABYTES = 12;

/** A behavior, tested with a program of its own. */
interface Behavior {
  name: string;
  fn(webkit: WebKit, stream: NumberedStream): Promise<void>;
}

/** Addresses that move, below the program's. */
const MOVING = [
  "live.gif",
  "live.gif?as=multipart",
  "live.mjpeg",
  "live.mjpeg?parts=gif",
];

const BEHAVIORS: Behavior[] = [
  {
    name: "a finite GIF plays: /live.gif?as=gif&duration=1",
    async fn(webkit, stream) {
      const path = "live.gif?as=gif&duration=1";
      const place = await openImage(webkit, stream, path);
      await assertMoves(webkit, place, 5);
    },
  },
  {
    name: "a plain <img> keeps its picture in a stall, and goes on after it",
    async fn(webkit, stream) {
      const place = await openImage(webkit, stream, "live.gif");
      await assertMoves(webkit, place);
      const numbers = await numbersWhile(webkit, place, async () => {
        stream.silent = true;
        await delay(STALL_MILLISECONDS);
        const { newest } = stream;
        assertEquals(readNumber(webkit.look(place)), newest);
        stream.silent = false;
        await until(
          "a picture after the stall",
          () => (readNumber(webkit.look(place)) ?? 0) > newest + 5,
        );
      });
      assertInOrder(numbers);
    },
  },
  {
    name: "a plain <img> keeps its picture at rest after Ctrl-C",
    fn: (webkit, stream) =>
      endsAtRest(
        webkit,
        stream,
        openImage(webkit, stream, "live.gif"),
      ),
  },
  {
    name: "a document keeps its picture at rest after Ctrl-C",
    fn: (webkit, stream) =>
      endsAtRest(
        webkit,
        stream,
        openDocument(webkit, stream, "live.gif"),
      ),
  },
  {
    name: "MJPEG keeps its picture at rest after Ctrl-C",
    fn: (webkit, stream) =>
      endsAtRest(
        webkit,
        stream,
        openImage(webkit, stream, "live.mjpeg"),
      ),
  },
  {
    // An open part and no more bytes: WebKitGTK itself loses the picture, and
    // looks for the next part without end, but only while the page is there.
    name: "a page with a plain <img> costs nothing once left after SIGKILL",
    async fn(webkit, stream) {
      await assertMoves(webkit, await openImage(webkit, stream, "live.gif"));
      await stream.end("SIGKILL");
      await webkit.open("about:blank");
      await untilAtRest(webkit);
    },
  },
  {
    name: "the page moves, and says Live only while pictures come",
    async fn(webkit, stream) {
      const place = await openPage(webkit, stream);
      await assertMoves(webkit, place);
      await untilState(webkit, "Live");
      stream.silent = true;
      await delay(LONG_STALL_MILLISECONDS);
      assert(isDimmed(webkit.look(place)), "the last picture is not dimmed");
      assert(await stateOf(webkit) !== "Live", "Live is said in a stall");
      stream.silent = false;
      await assertMoves(webkit, place);
      await untilState(webkit, "Live");
      await webkit.open("about:blank");
      await until("no viewer", async () => await stream.viewers() === 0);
    },
  },
  {
    name: "the page pauses, enlarges, fills the window, and looks back",
    async fn(webkit, stream) {
      const place = await openPage(webkit, stream);
      await assertMoves(webkit, place);
      const press = (key: string) =>
        webkit.evaluate(
          `void document.body.dispatchEvent(new KeyboardEvent("keydown", ` +
            `{ key: ${JSON.stringify(key)}, bubbles: true }))`,
        );
      const is = (condition: string) =>
        until(condition, async () => await webkit.evaluate(condition) === true);
      await press(" ");
      await untilState(webkit, "Paused");
      await until("no viewer", async () => await stream.viewers() === 0);
      await webkit.evaluate("void document.querySelector('#resume').click()");
      await untilState(webkit, "Live");
      await press("+");
      await is("document.querySelector('#stage').matches('.zoomed')");
      await press("0");
      await is("!document.querySelector('#stage').matches('.zoomed')");
      await press("f");
      await is("document.querySelector('#screen').matches('.full')");
      await press("f");
      await is("!document.querySelector('#screen').matches('.full')");
      await press("p");
      await is("document.querySelector('#stills img') !== null");
      await webkit.evaluate(`(() => {
        const slider = document.querySelector("#moment");
        slider.value = slider.min;
        slider.dispatchEvent(new Event("input"));
      })()`);
      await untilState(webkit, "Looking back");
      await is("document.querySelector('#stage .then') !== null");
      await press("s");
      await is("!document.querySelector('#save').hidden");
      await is("document.querySelector('#file-picture').naturalWidth === 96");
    },
  },
  {
    // Clipping to round corners takes a quarter of a core.
    name: "the page clips its picture to nothing but rectangles",
    async fn(webkit, stream) {
      await openPage(webkit, stream);
      const rounded = await webkit.evaluate(
        `[...document.querySelectorAll("*")].filter((element) =>
          element.contains(document.querySelector("#stage canvas")) &&
          getComputedStyle(element).borderRadius !== "0px"
        ).map(({ id }) => id)`,
      );
      assertEquals(rounded, []);
    },
  },
  ...(["SIGINT", "SIGKILL"] as const).map((signal): Behavior => ({
    name: `the page keeps its picture after ${signal}, and comes back`,
    async fn(webkit, stream) {
      const place = await openPage(webkit, stream);
      await assertMoves(webkit, place);
      const numbers = await numbersWhile(webkit, place, async () => {
        await stream.end(signal);
        await until("the news", async () => await stateOf(webkit) !== "Live");
        await stream.restart();
        await untilState(webkit, "Live");
        const { newest } = stream;
        await until(
          "a picture after the restart",
          () => (readNumber(webkit.look(place)) ?? 0) > newest,
        );
      });
      assertInOrder(numbers);
    },
  })),
];

const ignore = !requireWebKit();

Deno.test({
  name: "WebKit moves",
  ignore,
  async fn(t) {
    await using webkit = await startWebKit();
    await using stream = await startNumberedStream();
    for (const path of MOVING) {
      await t.step(`in <img src="/${path}">, and lets go of it`, async () => {
        await assertMoves(webkit, await openImage(webkit, stream, path));
        await webkit.open("about:blank");
        await until("no viewer", async () => await stream.viewers() === 0);
      });
    }
    for (const path of MOVING) {
      await t.step(`as the document /${path}`, async () => {
        await assertMoves(webkit, await openDocument(webkit, stream, path));
      });
    }
  },
});

Deno.test({
  name: "WebKit:",
  ignore,
  async fn(t) {
    for (const { name, fn } of BEHAVIORS) {
      await t.step(name, async () => {
        await using webkit = await startWebKit();
        await using stream = await startNumberedStream();
        await fn(webkit, stream);
      });
    }
  },
});

Deno.test({
  name: "WebKit's memory stays flat, of an <img> and of the page",
  ignore,
  async fn() {
    // At the same time: each waits for pictures.
    const growths = await Promise.all(
      [openImage, openPage].map(async (open) => {
        await using webkit = await startWebKit();
        await using stream = await startNumberedStream(MEMORY_STREAM);
        await open(webkit, stream, "live.gif");
        await until("warm-up", () => stream.newest >= MEMORY_WARM_UP_PICTURES);
        const before = webkit.webProcessMegabytes();
        const last = stream.newest + MEMORY_PICTURES;
        await until("pictures", () => stream.newest >= last);
        return webkit.webProcessMegabytes() - before;
      }),
    );
    assert(
      growths.every((growth) => growth < MAX_GROWTH_MEGABYTES),
      `they grew by ${growths.join(" and ")} MB`,
    );
  },
});

/** Opens a page that is nothing but an image; gives its place. */
async function openImage(
  webkit: WebKit,
  { origin }: NumberedStream,
  path: string,
): Promise<Rectangle> {
  // Any page of the origin will do, to be a page of the same scheme.
  await webkit.open(`${origin}healthz`);
  await until(
    "the origin",
    async () => await webkit.evaluate("location.href") === `${origin}healthz`,
  );
  await webkit.evaluate(
    `document.documentElement.innerHTML = '<body style="margin: 0"><img ' +
      'style="display: block; width: ${SIDE}px; height: ${SIDE}px">'`,
  );
  await webkit.evaluate(
    `void (document.images[0].src = ${JSON.stringify(origin + path)})`,
  );
  return (await webkit.findRectangle("img"))!;
}

/** Opens an address as a document, where the picture is in the middle. */
async function openDocument(
  webkit: WebKit,
  { origin }: NumberedStream,
  path: string,
): Promise<Rectangle> {
  await webkit.open(origin + path);
  return await placeOf(webkit, "img", origin + path);
}

/** Opens the page to watch on; gives the place of its picture. */
async function openPage(
  webkit: WebKit,
  { origin }: NumberedStream,
): Promise<Rectangle> {
  await webkit.open(origin);
  return await placeOf(webkit, "#stage", origin);
}

/** Waits until an element of a page shows a picture, and does not move. */
async function placeOf(
  webkit: WebKit,
  selector: string,
  url: string,
): Promise<Rectangle> {
  let before: string | undefined;
  return await until(`a picture in ${selector}`, async () => {
    // The page before is there until the new one has begun to come.
    if (await webkit.evaluate("location.href") !== url) return false;
    const place = await webkit.findRectangle(selector);
    const settled = JSON.stringify(place) === before;
    before = JSON.stringify(place);
    if (place === undefined || place.width <= 0 || !settled) return false;
    return readNumber(webkit.look(place)) !== undefined && place;
  });
}

/** The last picture stays when the program has ended, and costs nothing. */
async function endsAtRest(
  webkit: WebKit,
  stream: NumberedStream,
  opened: Promise<Rectangle>,
): Promise<void> {
  const place = await opened;
  await assertMoves(webkit, place);
  stream.silent = true;
  await delay(SETTLE_MILLISECONDS);
  const { newest } = stream;
  await untilShows(webkit, place, newest);
  const numbers = await numbersWhile(webkit, place, async () => {
    await stream.end("SIGINT");
    await untilAtRest(webkit);
  });
  assertEquals(numbers, [newest]);
}

async function stateOf(webkit: WebKit): Promise<string> {
  return await webkit.evaluate("document.querySelector('#state').textContent");
}

async function untilState(webkit: WebKit, text: string): Promise<void> {
  await until(`the news: ${text}`, async () => await stateOf(webkit) === text);
}
