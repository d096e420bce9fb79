import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { LiveServer } from "../../support/browser/live_server.ts";
import { readNumber } from "../../support/browser/numbered_frame.ts";
import { until } from "../../support/browser/until.ts";
import {
  requireWebKit,
  startWebKit,
  type WebKit,
} from "../../support/webkit/webkit.ts";

/** Time in which a page that takes each picture for an end connects anew. */
const WATCH_MILLISECONDS = 4000;

Deno.test({
  name: "the page without a WebSocket in WebKit",
  ignore: !requireWebKit(),
  async fn(t) {
    await using webkit = await startWebKit();
    await using server = new LiveServer();
    await webkit.open(server.page);
    await t.step("moves on one connection", async () => {
      await untilMoves(webkit);
      await untilState(webkit, "Live");
      await delay(WATCH_MILLISECONDS);
      await untilMoves(webkit);
      assertEquals(server.viewers, 1);
    });
    await t.step("lets go of it while out of view", async () => {
      const style = "document.querySelector('#stage').style.display";
      await webkit.evaluate(`${style} = 'none'`);
      await until("no viewer", () => server.viewers === 0);
      await webkit.evaluate(`${style} = ''`);
      await until("a viewer", () => server.viewers === 1);
      await untilMoves(webkit);
    });
    await t.step("comes back after a restart", async () => {
      await server.stop();
      await untilState(webkit, "Reconnecting");
      server.restart();
      await untilState(webkit, "Live");
      await untilMoves(webkit);
      await until("one viewer", () => server.viewers === 1);
    });
    await t.step("lets go of it when left", async () => {
      await webkit.open("about:blank");
      await until("no viewer", () => server.viewers === 0);
    });
  },
});

/** Waits for a picture, and for another one. */
async function untilMoves(webkit: WebKit): Promise<void> {
  const seen = async () => {
    const place = await webkit.findRectangle("#stage");
    if (place === undefined || place.width <= 0) return undefined;
    return readNumber(webkit.look(place));
  };
  const first = await until("a picture", seen);
  await until("another picture", async () => {
    const number = await seen();
    return number !== undefined && number !== first;
  });
}

async function untilState(webkit: WebKit, text: string): Promise<void> {
  const script = "document.querySelector('#state').textContent";
  await until(
    `the news: ${text}`,
    async () => await webkit.evaluate(script) === text,
  );
}
