import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { readNumber } from "../../support/browser/numbered_frame.ts";
import { SocketServer } from "../../support/browser/socket_server.ts";
import { until } from "../../support/browser/until.ts";
import {
  requireWebKit,
  startWebKit,
  type WebKit,
} from "../../support/webkit/webkit.ts";

/** Time in which an element that did not let go would ask again and again. */
const REST_MILLISECONDS = 500;

Deno.test({
  name: "the element in WebKit where a page allows images only",
  ignore: !requireWebKit(),
  async fn(t) {
    await using webkit = await startWebKit();
    await using server = new SocketServer();
    const { origin } = server;
    server.pages.set("/mine", {
      html: `<!doctype html><title>Mine</title>
<script src="${origin}/embed.js"></script>
<gif-stream src="${origin}/numbers.gif"></gif-stream>`,
      headers: {
        "content-security-policy":
          `default-src 'none'; script-src ${origin}; img-src ${origin}`,
      },
    });
    await webkit.open(`${origin}/mine`);
    await t.step("moves, by one picture after another", async () => {
      await untilMoves(webkit);
      assertEquals(server.viewers, 0);
      assertEquals(server.asked.includes("/numbers.gif"), false);
    });
    await t.step("lets go while out of view", async () => {
      const style = "document.querySelector('gif-stream').style.display";
      await webkit.evaluate(`${style} = 'none'`);
      await until("rest", async () => {
        const before = server.asked.length;
        await delay(REST_MILLISECONDS);
        return server.asked.length === before;
      });
      await webkit.evaluate(`${style} = 'inline-block'`);
      await untilMoves(webkit);
    });
    await t.step("comes back after a restart", async () => {
      await server.stop();
      await delay(REST_MILLISECONDS);
      server.start();
      await untilMoves(webkit);
    });
    await t.step("lets go when it is removed", async () => {
      await webkit.evaluate("document.querySelector('gif-stream').remove()");
      await until("rest", async () => {
        const before = server.asked.length;
        await delay(REST_MILLISECONDS);
        return server.asked.length === before;
      });
    });
  },
});

/** Waits for a picture, and for another one. */
async function untilMoves(webkit: WebKit): Promise<void> {
  const seen = async () => {
    const place = await webkit.findRectangle("gif-stream");
    if (place === undefined || place.width < 16 || place.height < 16) {
      return undefined;
    }
    return readNumber(webkit.look(place));
  };
  const first = await until("a picture", seen);
  await until("another picture", async () => {
    const number = await seen();
    return number !== undefined && number !== first;
  });
}
