import { assertEquals } from "@std/assert";
import { Channel } from "../../../src/channel/channel.ts";
import { createHandler } from "../../../src/http/handler.ts";
import { numberedFrame } from "../../support/browser/numbered_frame.ts";
import { until } from "../../support/browser/until.ts";
import { publishGif } from "../../support/publish_gif.ts";
import { requireWebKit, startWebKit } from "../../support/webkit/webkit.ts";

const PICTURES = 20;

Deno.test({
  name: "WebKit asks once for an icon of a document of many pictures",
  ignore: !requireWebKit(),
  async fn() {
    const channel = new Channel({ name: "numbers" });
    const handler = createHandler(channel);
    let asked = 0;
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      (request) => {
        if (new URL(request.url).pathname === "/favicon.ico") asked++;
        return handler(request);
      },
    );
    await using webkit = await startWebKit();
    publishGif(channel, numberedFrame(1));
    await webkit.open(`http://127.0.0.1:${server.addr.port}/numbers.mjpeg`);
    await until("a viewer", () => channel.viewers === 1);
    let number = 1;
    await until("pictures", () => {
      publishGif(channel, numberedFrame(++number));
      return number > PICTURES;
    });
    await until("the icon to be asked for", () => asked > 0);
    channel.close();
    await webkit.open("about:blank");
    assertEquals(asked, 1);
  },
});
