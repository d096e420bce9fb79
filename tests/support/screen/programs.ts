/**
 * Browsers that are started by their command alone, without a driver.
 *
 * @module
 */

import { dirname, join } from "@std/path";
import { RunningProgram } from "../browser/programs.ts";
import { requireTool } from "../require.ts";
import { processTree } from "./process_tree.ts";
import type { VirtualScreen } from "./virtual_screen.ts";

/** A browser as it is started. */
export interface BrowserProgram {
  /** Its name in the matrix. */
  name: string;
  /** The command, in the search path or with its whole path. */
  command: string;
  /**
   * What follows the command.
   *
   * @param address What to open.
   * @param home A folder of its own.
   */
  args(address: string, home: string): string[];
  /** Variables of its environment. */
  env?: Record<string, string>;
  /** Files to write into its folder before it starts. */
  files?: Record<string, string>;
  /** True if it plays streams, and shows no pages. */
  isPlayer?: boolean;
}

const LIBRARIES = `/usr/lib/${Deno.build.arch}-linux-gnu`;

/** Qt's old Chromium, which root may run only without its sandbox. */
const QT_ENVIRONMENT = {
  QTWEBENGINE_DISABLE_SANDBOX: "1",
  QTWEBENGINE_CHROMIUM_FLAGS: "--disable-gpu",
  QT_XCB_GL_INTEGRATION: "none",
};

/** WebKit, which root may run only without its sandbox. */
const WEBKIT_ENVIRONMENT = {
  WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
};

/** No page but the one that is asked for. */
const FIREFOX_SETTINGS = `
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("termsofuse.bypassNotification", true);
user_pref("trailhead.firstrun.didSeeAboutWelcome", true);
`;

/** All that the matrix has, as Debian 12 has them. */
export const PROGRAMS: readonly BrowserProgram[] = [
  {
    name: "Chromium",
    command: "chromium",
    args: (address, home) => [
      "--no-sandbox",
      "--no-first-run",
      "--disable-gpu",
      "--disable-background-networking",
      `--user-data-dir=${home}`,
      "--window-position=0,0",
      "--window-size=1024,768",
      address,
    ],
  },
  {
    name: "Firefox",
    command: "firefox-esr",
    args: (address, home) => [
      ...["--profile", home, "--no-remote"],
      ...["--width", "1024", "--height", "768"],
      address,
    ],
    files: { "user.js": FIREFOX_SETTINGS },
  },
  {
    name: "WebKitGTK",
    command: `${LIBRARIES}/webkit2gtk-4.1/MiniBrowser`,
    args: (address) => ["--geometry=1024x768", address],
  },
  {
    name: "qutebrowser",
    command: "qutebrowser",
    args: (address, home) => ["--basedir", home, address],
    env: QT_ENVIRONMENT,
  },
  {
    name: "Falkon",
    command: "falkon",
    args: (address) => ["--no-remote", "--private-browsing", address],
    env: QT_ENVIRONMENT,
  },
  { name: "NetSurf", command: "netsurf-gtk", args: (address) => [address] },
  {
    name: "Dillo",
    command: "dillo",
    args: (address) => ["-g", "1024x768+0+0", address],
  },
  {
    name: "Links -g",
    command: "links2",
    args: (address) => [
      ...["-g", "-driver", "x", "-mode", "1024x768"],
      address,
    ],
    // Settings of its own keep it from saying welcome.
    files: { ".links2/links.cfg": "" },
  },
  {
    // It runs on a session bus only.
    name: "Epiphany",
    command: "dbus-run-session",
    args: (address, home) => [
      ...["epiphany-browser", "--profile", home, "--private-instance"],
      address,
    ],
    env: WEBKIT_ENVIRONMENT,
  },
  {
    name: "mpv",
    command: "mpv",
    args: (address) => [
      ...["--no-config", "--vo=x11", "--ao=null", "--keep-open=yes"],
      address,
    ],
    isPlayer: true,
  },
  {
    name: "ffplay",
    command: "ffplay",
    args: (address) => ["-loglevel", "error", address],
    env: { SDL_VIDEODRIVER: "x11", SDL_AUDIODRIVER: "dummy" },
    isPlayer: true,
  },
  {
    // It refuses to run for root.
    name: "VLC",
    command: "setpriv",
    args: (address) => [
      ...["--reuid=65534", "--regid=65534", "--clear-groups"],
      ...["vlc", "-I", "dummy", "--no-audio", "--vout=xcb_x11"],
      address,
    ],
    isPlayer: true,
  },
];

/** Programs that read a stream, and show nothing. */
export const READERS: readonly BrowserProgram[] = [
  {
    name: "ffmpeg",
    command: "ffmpeg",
    args: (address) => [
      ...["-nostdin", "-loglevel", "error", "-i", address],
      ...["-f", "framemd5", "-y", "/dev/null"],
    ],
    isPlayer: true,
  },
  {
    name: "curl",
    command: "curl",
    args: (address) => ["-sN", "-o", "/dev/null", address],
    isPlayer: true,
  },
];

/** Whether a browser is installed. */
export function isInstalled({ command }: BrowserProgram): boolean {
  if (!command.startsWith("/")) return requireTool(command);
  try {
    return Deno.statSync(command).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** A browser that runs. */
export class OpenBrowser extends RunningProgram {
  readonly pid: number;

  constructor(child: Deno.ChildProcess) {
    super(child);
    this.pid = child.pid;
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    for (const pid of processTree(this.pid).slice(1)) {
      try {
        Deno.kill(pid, "SIGKILL");
      } catch (error) {
        // It has ended meanwhile.
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
    }
    await this.end("SIGKILL");
  }
}

/** Opens an address on a screen. */
export async function openBrowser(
  { command, args, env, files = {} }: BrowserProgram,
  address: string,
  screen: VirtualScreen,
  stack: AsyncDisposableStack,
): Promise<OpenBrowser> {
  const home = await Deno.makeTempDir({ prefix: "gifstream-browser-" });
  stack.defer(() => removeFolder(home));
  await Deno.chmod(home, 0o777);
  for (const [name, text] of Object.entries(files)) {
    const path = join(home, name);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, text);
  }
  const child = new Deno.Command(command, {
    args: args(address, home),
    env: {
      DISPLAY: screen.display,
      HOME: home,
      XDG_CACHE_HOME: join(home, "cache"),
      XDG_CONFIG_HOME: join(home, "config"),
      XDG_DATA_HOME: join(home, "data"),
      XDG_RUNTIME_DIR: home,
      GDK_BACKEND: "x11",
      NO_AT_BRIDGE: "1",
      ...env,
    },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  return stack.use(new OpenBrowser(child));
}

/** A browser's helpers may write for a moment after its end. */
async function removeFolder(path: string): Promise<void> {
  for (let tries = 5; tries > 0; tries--) {
    try {
      return await Deno.remove(path, { recursive: true });
    } catch (error) {
      if (tries === 1) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
