import { assertEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import { BROWSERS, look } from "../support/browser/browser.ts";
import { countColors } from "../support/browser/pixels.ts";
import { until } from "../support/browser/until.ts";
import { Program } from "../support/program/program.ts";

const CLIP = { x: 8, y: 8, width: 320, height: 180 };

for (const { name, installed, launch } of BROWSERS) {
  Deno.test({
    name: `a plain <img> keeps its picture in ${name} when the server that ` +
      "sends by sockets is killed",
    ignore: !installed,
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      await using browser = await launch();
      await using program = new Program({
        args: ["test:", "--port", "0", "--server", "node"],
      });
      await using page = await browser.newPage();
      const gif = new URL("live.gif", await program.address());
      // It never has loaded.
      await page.setContent(`<img src="${gif}">`, {
        waitUntil: "domcontentloaded",
      });
      const colors = async () => countColors(await look(page, CLIP));
      await until("the picture", async () => await colors() > 5);
      program.process.kill("SIGKILL");
      await program.process.status;
      await delay(1500);
      assertEquals(await colors() > 5, true, "a broken picture");
    },
  });
}
