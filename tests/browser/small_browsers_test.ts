import { assert, assertEquals } from "@std/assert";
import { findNumber } from "../support/screen/find_picture.ts";
import { isInstalled, PROGRAMS } from "../support/screen/programs.ts";
import { openScene, type Scene, type Way } from "../support/screen/scene.ts";
import { requireScreen } from "../support/screen/virtual_screen.ts";
import { until } from "../support/browser/until.ts";

const PICTURES = 4;

/** A way to watch, and the browsers without scripts in which it moves. */
interface Case extends Way {
  name: string;
  browsers: string[];
}

const CASES: Case[] = [
  {
    name: "/NAME/still",
    path: "live/still",
    browsers: ["NetSurf", "Dillo", "Links -g"],
  },
  {
    name: "the page",
    path: "live",
    browsers: ["NetSurf", "Dillo", "Links -g"],
  },
  {
    name: "/NAME/embed",
    path: "live/embed",
    browsers: ["NetSurf", "Dillo", "Links -g"],
  },
  {
    name: "a plain <img>",
    image: "live.gif",
    browsers: ["Dillo", "Links -g"],
  },
];

const USED = PROGRAMS.filter(({ name }) =>
  CASES.some(({ browsers }) => browsers.includes(name))
);

// At the same time: they wait for seconds, and take no more than a moment.
Deno.test({
  name: "browsers without scripts",
  ignore: !requireScreen(),
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    await Promise.all(USED.map((program) =>
      t.step({
        name: `${program.name} shows moving pictures`,
        ignore: !isInstalled(program),
        sanitizeOps: false,
        sanitizeResources: false,
        sanitizeExit: false,
        fn: (t) => watchAll(t, program),
      })
    ));
  },
});

/** Tries all ways that there are for a browser. */
async function watchAll(
  t: Deno.TestContext,
  program: typeof PROGRAMS[number],
): Promise<void> {
  const ways = CASES.filter(({ browsers }) => browsers.includes(program.name));
  for (const { name, ...way } of ways) {
    await t.step(`in ${name}`, async () => {
      await using stack = new AsyncDisposableStack();
      await assertMoves(await openScene(program, way, stack));
    });
  }
  await t.step("and keeps the last one after Ctrl-C", async () => {
    await using stack = new AsyncDisposableStack();
    const way = { path: "live/still" };
    const { screen, stream } = await openScene(program, way, stack);
    await until("a picture", () => findNumber(screen.look()) !== undefined);
    // NetSurf keeps what it has only as long as there is nothing to load.
    if (program.name === "NetSurf") return;
    stream.silent = true;
    await until(
      "the last picture",
      () => findNumber(screen.look()) === stream.newest,
    );
    await stream.end("SIGINT");
    assertEquals(findNumber(screen.look()), stream.newest);
  });
}

/** Waits for some pictures, and checks that later ones came later. */
async function assertMoves({ screen }: Scene): Promise<void> {
  const seen: number[] = [];
  await until("moving pictures", () => {
    const number = findNumber(screen.look());
    if (number !== undefined && number !== seen.at(-1)) seen.push(number);
    return seen.length >= PICTURES;
  });
  const inOrder = seen.every((number, i) => i === 0 || number > seen[i - 1]);
  assert(inOrder, `not in order: ${seen.join(" ")}`);
}
