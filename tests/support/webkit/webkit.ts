/**
 * WebKitGTK's MiniBrowser on a screen of its own, driven by tests.
 *
 * @module
 */

import { retry } from "@std/async/retry";
import { join } from "@std/path";
import type { Rectangle, Wishes } from "../browser/browser.ts";
import type { Pixels } from "../browser/pixels.ts";
import { RunningProgram } from "../browser/programs.ts";
import { until } from "../browser/until.ts";
import { freePort } from "../http/free_port.ts";
import { requireFile, requireTool } from "../require.ts";
import {
  processName,
  processorSeconds,
  processTree,
  treeMegabytes,
} from "../screen/process_tree.ts";
import {
  requireScreen,
  startScreen,
  type VirtualScreen,
} from "../screen/virtual_screen.ts";
import { WebDriverSession } from "./web_driver.ts";

/** Debian puts it where no search path looks. */
const MINI_BROWSER = `/usr/lib/${
  { x86_64: "x86_64", aarch64: "aarch64" }[Deno.build.arch]
}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;
/** The kernel cuts the names of programs. */
const WEB_PROCESS = "WebKitWebProcess".slice(0, 15);

/** Whether all that it takes is installed. */
export function requireWebKit(): boolean {
  const found = [
    requireScreen(),
    requireTool("WebKitWebDriver"),
    requireFile(MINI_BROWSER),
  ];
  return found.every(Boolean);
}

/** A browser with one window that fills its screen. */
export class WebKit implements AsyncDisposable {
  /** Use {@linkcode startWebKit}. */
  constructor(
    readonly screen: VirtualScreen,
    readonly driver: RunningProgram & { pid: number },
    readonly session: WebDriverSession,
    /** All that ends with it. */
    readonly stack: AsyncDisposableStack,
  ) {}

  /**
   * Opens an address, and goes on at once: a document that is an endless
   * stream never has loaded.
   */
  async open(url: string): Promise<void> {
    await this.session.open(url);
  }

  /** The value of an expression in the page. */
  async evaluate<T = unknown>(expression: string): Promise<T> {
    return await this.session.evaluate<T>(expression);
  }

  /**
   * Where an element is on the screen, cut to whole pixels inside it;
   * `undefined` if there is none.
   */
  async findRectangle(selector: string): Promise<Rectangle | undefined> {
    const found = await this.evaluate<number[] | null>(
      `((element) => {
        if (element === null) return null;
        const { x, y, width, height } = element.getBoundingClientRect();
        // The page fills the window, below its toolbar.
        return [x, y + outerHeight - innerHeight, width, height];
      })(document.querySelector(${JSON.stringify(selector)}))`,
    );
    if (found === null) return undefined;
    const [x, y, width, height] = found;
    const left = Math.ceil(x);
    const top = Math.ceil(y);
    return {
      x: left,
      y: top,
      width: Math.floor(x + width) - left,
      height: Math.floor(y + height) - top,
    };
  }

  /** What a rectangle of the screen shows at this moment. */
  look(rectangle?: Rectangle): Pixels {
    return this.screen.look(rectangle);
  }

  /** Seconds of processor time that all of the browser has taken. */
  processorSeconds(): number {
    return processorSeconds(processTree(this.driver.pid));
  }

  /** Megabytes in memory of the processes that show pages. */
  webProcessMegabytes(): number {
    return treeMegabytes(
      processTree(this.driver.pid).filter((pid) =>
        processName(pid) === WEB_PROCESS
      ),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await using _stack = this.stack;
    await this.session.end();
  }
}

/** The driver. It ends its browser when it is ended. */
class Driver extends RunningProgram {
  constructor(child: Deno.ChildProcess) {
    super(child);
    this.pid = child.pid;
  }
  readonly pid: number;
}

/** Removes a folder that a process which ends may still write a file into. */
async function removeHome(home: string): Promise<void> {
  await retry(() => Deno.remove(home, { recursive: true }), {
    minTimeout: 100,
    maxAttempts: 8,
  });
}

/** As the settings of a desktop do. */
async function turnAnimationsOff(home: string): Promise<void> {
  const folder = join(home, "config", "gtk-3.0");
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(
    join(folder, "settings.ini"),
    "[Settings]\ngtk-enable-animations=0\n",
  );
}

/** Starts it on a screen of its own. */
export async function startWebKit(wishes: Wishes = {}): Promise<WebKit> {
  await using stack = new AsyncDisposableStack();
  const screen = stack.use(await startScreen());
  // Caches, settings, and downloads, which begin without a question.
  const home = await Deno.makeTempDir({ prefix: "gifstream-webkit-" });
  stack.defer(() => removeHome(home));
  if (wishes.lessMotion) await turnAnimationsOff(home);
  const port = freePort();
  const child = new Deno.Command("WebKitWebDriver", {
    args: [`--port=${port}`],
    env: {
      DISPLAY: screen.display,
      HOME: home,
      XDG_CACHE_HOME: join(home, "cache"),
      XDG_CONFIG_HOME: join(home, "config"),
      XDG_DATA_HOME: join(home, "data"),
      GDK_BACKEND: "x11",
      // Without it, the accessibility bus is looked for, and complained about.
      NO_AT_BRIDGE: "1",
    },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const driver = stack.use(new Driver(child));
  await until("the driver", () => listens(port));
  const { width, height } = screen.rectangle;
  const session = await WebDriverSession.create(`http://127.0.0.1:${port}`, {
    pageLoadStrategy: "none",
    "webkitgtk:browserOptions": {
      binary: MINI_BROWSER,
      args: ["--automation", `--geometry=${width}x${height}`],
    },
  });
  return new WebKit(screen, driver, session, stack.move());
}

async function listens(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return false;
    throw error;
  }
}
