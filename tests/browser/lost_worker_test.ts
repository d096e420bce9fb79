import { assert, assertEquals } from "@std/assert";
import { Channel } from "../../src/channel/channel.ts";
import { Channels } from "../../src/channel/channels.ts";
import { answersAbout } from "../../src/http/routing/answer_to.ts";
import { settingsOf } from "../../src/http/routing/handler_options.ts";
import {
  serveByWorkers,
  type ServingModule,
} from "../../src/http/workers/serve_by_workers.ts";
import { Faults } from "../../src/log/faults.ts";
import { BROWSERS } from "../support/browser/browser.ts";
import {
  NUMBER_LIMIT,
  numberedFrame,
} from "../support/browser/numbered_frame.ts";
import {
  numbersWhile,
  untilMoving,
  untilState,
} from "../support/browser/stage.ts";
import { until } from "../support/browser/until.ts";
import { DEADLY_STATUS, MORTAL_THREAD } from "../support/http/mortal_worker.ts";
import { publishGif } from "../support/publish_gif.ts";

const MORTAL: ServingModule = {
  name: MORTAL_THREAD,
  task: "serve",
  url: () => new URL("../support/http/mortal_worker.ts", import.meta.url),
  load: () => Promise.reject(new Error("there must be threads")),
};
const INTERVAL_MILLISECONDS = 100;

for (const { name, installed, launch } of BROWSERS) {
  Deno.test({
    name: `the page comes back by itself in ${name} when its worker is lost`,
    ignore: !installed || Deno.build.os !== "linux",
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      await using browser = await launch();
      const faults = new Faults(() => {});
      const channel = new Channel({ name: "numbers", faults });
      const channels = new Channels([channel]);
      const find = answersAbout(channels, settingsOf({ faults }));
      const lost: number[] = [];
      const server = await serveByWorkers({
        workers: 2,
        server: "deno",
        hostname: "127.0.0.1",
        port: 0,
        module: MORTAL,
        faults,
        onLost: (viewers) => lost.push(viewers),
        findAnswer: (request, from) =>
          request.url.endsWith("/die")
            ? new Response("", { status: DEADLY_STATUS })
            : find(request, from),
      });
      let number = 1;
      const timer = setInterval(() => {
        publishGif(channel, numberedFrame(number));
        number = (number + 1) % NUMBER_LIMIT;
      }, INTERVAL_MILLISECONDS);
      const base = `http://127.0.0.1:${server.addr.port}`;
      await using page = await browser.newPage();
      await page.goto(`${base}/numbers`);
      await untilMoving(page);
      const numbers = await numbersWhile(page, async () => {
        // Any of both may get it.
        while (!lost.some((viewers) => viewers > 0)) {
          const deaths = lost.length;
          using client = Deno.createHttpClient({});
          await fetch(`${base}/die`, { client }).catch(() => {});
          await until("its end", () => lost.length > deaths);
          await until("two workers", () => server.workers.listening === 2);
        }
        await untilState(page, "Live");
        await until("the viewer", () => channel.viewers > 0);
      });
      assert(!numbers.includes(undefined), numbers.join(" "));
      await untilMoving(page);
      assertEquals(faults.counts.worker, lost.length);
      clearInterval(timer);
      channels.close();
      await server.shutdown();
    },
  });
}
