import type { Browser } from "puppeteer-core";
import { type BrowserKind, BROWSERS } from "./browser.ts";

/** A behavior, tested in each browser with a server of its own. */
export interface Behavior<S> {
  name: string;
  /** The browser that it is tested in, if not in each. */
  only?: BrowserKind["name"];
  fn(browser: Browser, server: S): Promise<void>;
}

/** A group of behaviors. */
export interface BehaviorGroup<S extends AsyncDisposable> {
  /** What behaves so, for the names of tests. */
  subject: string;
  /** Starts a server. */
  serve(): S;
  behaviors: readonly Behavior<S>[];
}

/** Registers a test for each browser, with a step for each behavior. */
export function testInBrowsers<S extends AsyncDisposable>(
  { subject, serve, behaviors }: BehaviorGroup<S>,
): void {
  for (const { name, installed, launch } of BROWSERS) {
    Deno.test({
      name: `${subject} in ${name}`,
      ignore: !installed,
      // The connection to the browser lives through all steps.
      sanitizeOps: false,
      sanitizeResources: false,
      async fn(t) {
        await using browser = await launch();
        for (const behavior of behaviors) {
          const ignore = behavior.only !== undefined && behavior.only !== name;
          await t.step({
            name: behavior.name,
            ignore,
            async fn() {
              await using server = serve();
              await behavior.fn(browser, server);
            },
          });
        }
      },
    });
  }
}
