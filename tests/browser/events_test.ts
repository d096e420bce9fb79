import { Channel } from "../../src/channel/channel.ts";
import { Channels } from "../../src/channel/channels.ts";
import { createHandler } from "../../src/http/handler.ts";
import { BROWSERS } from "../support/browser/browser.ts";
import { numberedFrame } from "../support/browser/numbered_frame.ts";
import { until } from "../support/browser/until.ts";
import { publishGif } from "../support/publish_gif.ts";

/** Run in the page: notes what an EventSource tells of channels. */
const LISTEN = `
  globalThis.told = [];
  const source = new EventSource("/api/events");
  for (const event of ["channels", "status", "added", "removed"]) {
    source.addEventListener(event, ({ data }) => {
      const { channels, name } = JSON.parse(data);
      told.push([event, channels?.map(({ name }) => name) ?? name]);
    });
  }`;

for (const { name, installed, launch } of BROWSERS) {
  Deno.test({
    name: `EventSource of ${name} is told what channels do, and comes back`,
    ignore: !installed,
    async fn() {
      let channels = new Channels([new Channel({ name: "one" })]);
      let handler = createHandler(channels);
      const server = Deno.serve(
        { hostname: "127.0.0.1", port: 0, onListen() {} },
        (request) => handler(request),
      );
      const browser = await launch();
      try {
        const page = await browser.newPage();
        const told = () => page.evaluate("told") as Promise<unknown[]>;
        const tells = (event: unknown[]) =>
          until(`the event ${event[0]}`, async () => {
            const wanted = JSON.stringify(event);
            return (await told()).some((one) => JSON.stringify(one) === wanted);
          });
        await page.goto(`http://127.0.0.1:${server.addr.port}/healthz`);
        await page.evaluate(LISTEN);
        await tells(["channels", ["one"]]);
        publishGif(channels.first!, numberedFrame(1));
        await tells(["status", ["one"]]);
        channels.add(new Channel({ name: "two" }));
        await tells(["added", "two"]);
        channels.remove("one");
        await tells(["removed", "one"]);

        // The server ends, and another takes its place.
        const before = channels;
        channels = new Channels([new Channel({ name: "three" })]);
        handler = createHandler(channels);
        before.close();
        await tells(["channels", ["three"]]);
      } finally {
        await browser.close();
        channels.close();
        await server.shutdown();
      }
    },
  });
}
