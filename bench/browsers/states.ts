/**
 * Makes a picture of the viewer page in each of its states, at 360, 1280 and
 * 2560 pixels, light and dark, to be looked at by eye.
 *
 * ```sh
 * deno run -A bench/browsers/states.ts --pictures shots            # 5 minutes
 * deno run -A bench/browsers/states.ts --state share,full --browser Firefox
 * ```
 *
 * Each is written as `STATE-WIDTH-SCHEME.png`.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { parseArgs } from "@std/cli/parse-args";
import { join } from "@std/path";
import { BROWSERS } from "../../tests/support/browser/browser.ts";
import {
  bringAbout,
  PAGE_STATES,
  StatesServer,
} from "../../tests/support/browser/page_states.ts";
import { until } from "../../tests/support/browser/until.ts";
import { tilesOf } from "../../tests/support/browser/wall_tiles.ts";
import { tabOf } from "../../tests/support/engines/tab.ts";
import { chosen } from "./chosen.ts";

const SIZES = [[360, 740], [1280, 800], [2560, 1440]] as const;
const SCHEMES = ["light", "dark"] as const;
/** Time for a picture to come in another size. */
const SETTLE_MILLISECONDS = 400;

const { state, browser: browserName, pictures } = parseArgs(Deno.args, {
  string: ["state", "browser", "pictures"],
  default: { browser: "Chromium", pictures: "shots" },
});
const [kind] = chosen(BROWSERS, browserName, ({ name }) => name);
await Deno.mkdir(pictures, { recursive: true });
await using server = new StatesServer();
await using browser = await kind.launch();
for (const each of chosen(PAGE_STATES, state, ({ name }) => name)) {
  await using page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  await bringAbout(each, server, tabOf(page));
  await until("pictures on the wall", async () => {
    const tiles = await tilesOf(tabOf(page));
    return tiles.every(({ state, picture }) => state !== "live" || picture > 0);
  });
  for (const [width, height] of SIZES) {
    await page.setViewport({ width, height });
    for (const value of SCHEMES) {
      await page.emulateMediaFeatures([{
        name: "prefers-color-scheme",
        value,
      }]);
      await delay(SETTLE_MILLISECONDS);
      const path = join(pictures, `${each.name}-${width}-${value}.png`);
      const png = await page.screenshot({ captureBeyondViewport: false });
      await Deno.writeFile(path, png);
    }
  }
  console.log(each.name);
}
