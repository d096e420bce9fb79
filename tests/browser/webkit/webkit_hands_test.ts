import { assert, assertEquals } from "@std/assert";
import { ChannelsServer } from "../../support/browser/channels_server.ts";
import { until } from "../../support/browser/until.ts";
import { tilesOf, untilAllMove } from "../../support/browser/wall_tiles.ts";
import { has, textIn } from "../../support/engines/tab.ts";
import {
  ARROW_RIGHT,
  click,
  drag,
  ENTER,
  turnWheel,
  type,
} from "../../support/webkit/hands.ts";
import {
  requireWebKit,
  startWebKit,
  type WebKit,
} from "../../support/webkit/webkit.ts";

const NAMES = ["cam1", "cam2", "cam3", "cam4"];
const STAGE = "#stage";

async function untilState(webkit: WebKit, text: string): Promise<void> {
  await until(
    `the state ${text}`,
    async () => await textIn(webkit, "#state") === text,
  );
}

function focusIsOn(webkit: WebKit, selector: string): Promise<boolean> {
  return webkit.evaluate(
    `document.activeElement.matches(${JSON.stringify(selector)})`,
  );
}

function zoomOf(webkit: WebKit): Promise<number> {
  return webkit.evaluate(
    `Number(document.querySelector("${STAGE}").style
      .getPropertyValue("--zoom") || 1)`,
  );
}

Deno.test({
  name: "the viewer page by mouse and keyboard in WebKitGTK",
  ignore: !requireWebKit(),
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    await using server = new ChannelsServer(...NAMES);
    server.hasSockets = true;
    server.tenths = 2;
    await using webkit = await startWebKit();
    const isViewed = (name: string) =>
      until(`a viewer of ${name}`, () => server.viewersOf(name) === 1);
    await webkit.open(server.page);
    await t.step(
      "the wall opens a channel by mouse, and by keyboard",
      async () => {
        await until("tiles", async () => (await tilesOf(webkit)).length === 4);
        await click(webkit, '[data-name="cam3"] a');
        await isViewed("cam3");
        await untilState(webkit, "Live");
        await webkit.evaluate("void history.back()");
        await until("tiles", async () => (await tilesOf(webkit)).length === 4);
        await webkit.evaluate(
          `document.querySelector('[data-name="cam1"] a').focus()`,
        );
        await type(webkit, ARROW_RIGHT);
        assert(await focusIsOn(webkit, '[data-name="cam2"] a'));
        await type(webkit, ENTER);
        await isViewed("cam2");
        await untilState(webkit, "Live");
      },
    );
    await t.step("the picture is held, by key and button", async () => {
      await type(webkit, " ");
      await untilState(webkit, "Paused");
      await until("no viewer", () => server.viewersOf("cam2") === 0);
      await click(webkit, "#resume");
      await untilState(webkit, "Live");
      await click(webkit, '#actions [data-does="hold"]');
      await untilState(webkit, "Paused");
      await type(webkit, " ");
      await untilState(webkit, "Live");
    });
    await t.step("it comes closer, and moves", async () => {
      await type(webkit, "+");
      const once = await zoomOf(webkit);
      assert(once > 1);
      await click(webkit, '[data-does="closer"]');
      assert(await zoomOf(webkit) > once);
      await turnWheel(webkit, STAGE, -300);
      await until("more", async () => await zoomOf(webkit) > 2);
      const left = () =>
        webkit.evaluate<number>(
          `document.querySelector("${STAGE} canvas")
            .getBoundingClientRect().left`,
        );
      const before = await left();
      await drag(webkit, STAGE, { x: -60, y: -20 });
      await until("a move", async () => await left() < before - 30);
      await type(webkit, "0");
      assertEquals(await zoomOf(webkit), 1);
    });
    await t.step(
      "it fills the screen by key, button and double click",
      async () => {
        const isFull = () =>
          webkit.evaluate<boolean>(
            `document.querySelector("#screen").className.includes("full")`,
          );
        for (
          const fill of [
            () => type(webkit, "f"),
            () => click(webkit, '[data-does="full"]'),
            () => click(webkit, STAGE, 2),
          ]
        ) {
          await fill();
          await until("the screen", isFull);
          await type(webkit, "f");
          await until("the page", async () => !await isFull());
        }
      },
    );
    await t.step("keys lead to the next channel, and are told", async () => {
      await type(webkit, ARROW_RIGHT);
      await isViewed("cam3");
      await type(webkit, "?");
      await until("the keys", () => has(webkit, "#keys:not([hidden])"));
      await type(webkit, "?");
    });
    await t.step("the wall has keys of its own", async () => {
      await webkit.open(server.page);
      await until("tiles", async () => (await tilesOf(webkit)).length === 4);
      await type(webkit, "/");
      await until("the field", () => focusIsOn(webkit, "#find"));
      await type(webkit, "CAM4");
      await until("one", async () => (await tilesOf(webkit)).length === 1);
      await type(webkit, "\ue003".repeat(4));
      await until("all", async () => (await tilesOf(webkit)).length === 4);
      await click(webkit, "#wall-help");
      await until("the keys", () => has(webkit, "#wall-keys:not([hidden])"));
      await type(webkit, "f");
      await until("the screen", () => has(webkit, "nav.full"));
      await click(webkit, "#wall-full");
      await until("the page", async () => !await has(webkit, "nav.full"));
    });
  },
});

Deno.test({
  name: "the viewer page's wall without WebSockets in WebKitGTK",
  ignore: !requireWebKit(),
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    await using server = new ChannelsServer(...NAMES);
    server.tenths = 5;
    await using webkit = await startWebKit();
    await webkit.open(server.page);
    await untilAllMove(webkit, NAMES, 2);
  },
});
