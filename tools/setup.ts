/**
 * Installs the programs that the tests run; with `--bench` those of the
 * benchmarks too, with `--browsers` those of `bench/browsers`. Debian's apt does it for root and for those whose sudo asks
 * no password; all others are told the command to run.
 *
 * Exits 1 when something stays missing and `CI` is `true`; elsewhere the tests
 * that need it skip.
 *
 * @module
 */

/** A Debian package, and the files that show that it is installed. */
interface Package {
  name: string;
  /** Names looked up in the search path, or absolute paths. */
  files: string[];
}

const GSTREAMER = `/usr/lib/${Deno.build.arch}-linux-gnu/gstreamer-1.0`;

const TEST_PACKAGES: Package[] = [
  { name: "ffmpeg", files: ["ffmpeg", "ffprobe"] },
  { name: "vlc-bin", files: ["vlc"] },
  {
    name: "vlc-plugin-base",
    files: [
      `/usr/lib/${Deno.build.arch}-linux-gnu/vlc/plugins/stream_out/libstream_out_rtp_plugin.so`,
    ],
  },
  { name: "curl", files: ["curl"] },
  { name: "gifsicle", files: ["gifsicle"] },
  { name: "libjpeg-turbo-progs", files: ["cjpeg", "djpeg"] },
  { name: "netpbm", files: ["pngtopnm"] },
  { name: "openssl", files: ["openssl"] },
  { name: "mpv", files: ["mpv"] },
  { name: "chromium", files: ["chromium"] },
  { name: "firefox-esr", files: ["firefox-esr"] },
  { name: "webkit2gtk-driver", files: ["WebKitWebDriver"] },
  { name: "xvfb", files: ["Xvfb"] },
  { name: "netsurf-gtk", files: ["netsurf-gtk"] },
  { name: "dillo", files: ["dillo"] },
  { name: "links2", files: ["links2"] },
  { name: "nginx", files: ["nginx"] },
  {
    name: "libnginx-mod-rtmp",
    files: ["/usr/lib/nginx/modules/ngx_rtmp_module.so"],
  },
  {
    name: "libnginx-mod-nchan",
    files: ["/usr/lib/nginx/modules/ngx_nchan_module.so"],
  },
  { name: "haproxy", files: ["haproxy"] },
  { name: "redis-server", files: ["redis-server"] },
  { name: "faketime", files: ["faketime"] },
  { name: "zsh", files: ["zsh"] },
  { name: "fish", files: ["fish"] },
  { name: "varnish", files: ["varnishd"] },
  { name: "caddy", files: ["caddy"] },
  {
    name: "python3-opencv",
    files: [
      `/usr/lib/python3/dist-packages/cv2.cpython-311-${Deno.build.arch}-linux-gnu.so`,
    ],
  },
  {
    name: "python3-aiohttp",
    files: ["/usr/lib/python3/dist-packages/aiohttp/__init__.py"],
  },
  {
    name: "python3-requests",
    files: ["/usr/lib/python3/dist-packages/requests/__init__.py"],
  },
  { name: "prometheus", files: ["prometheus", "promtool"] },
  { name: "motion", files: ["motion"] },
  { name: "gstreamer1.0-tools", files: ["gst-launch-1.0"] },
  {
    name: "gstreamer1.0-plugins-base",
    files: [`${GSTREAMER}/libgstvideotestsrc.so`],
  },
  {
    name: "gstreamer1.0-plugins-good",
    files: [`${GSTREAMER}/libgstsoup.so`],
  },
  { name: "ustreamer", files: ["ustreamer"] },
];

const BENCH_PACKAGES: Package[] = [
  {
    name: "fonts-dejavu-core",
    files: ["/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"],
  },
];

/** Browsers with the engine of an old Chromium, and other clients. */
const BROWSER_PACKAGES: Package[] = [
  { name: "qutebrowser", files: ["qutebrowser"] },
  { name: "falkon", files: ["falkon"] },
  { name: "epiphany-browser", files: ["epiphany-browser"] },
  { name: "dbus-daemon", files: ["dbus-run-session"] },
  {
    name: "vlc-plugin-video-output",
    files: [
      `/usr/lib/${Deno.build.arch}-linux-gnu/vlc/plugins/video_output/libxcb_x11_plugin.so`,
    ],
  },
];

/** More packages, by option. */
const EXTRA_PACKAGES = new Map([
  ["--bench", BENCH_PACKAGES],
  ["--browsers", BROWSER_PACKAGES],
]);

/** Debian keeps servers where the path of ordinary users does not look. */
const SERVER_FOLDERS = ["/usr/sbin", "/sbin"];

interface Output {
  success: boolean;
  text: string;
}

async function main(args: string[]): Promise<number> {
  const unknown = args.find((arg) => !EXTRA_PACKAGES.has(arg));
  if (unknown !== undefined) {
    const known = [...EXTRA_PACKAGES.keys()].join(", ");
    console.error(`Cannot set up: expected ${known} or none, got ${unknown}`);
    return 2;
  }
  const wanted = [TEST_PACKAGES, ...args.map((arg) => EXTRA_PACKAGES.get(arg)!)]
    .flat();
  const missing = wanted.filter((one) => !isInstalled(one));
  if (missing.length === 0) {
    console.log(`Set-up: all there (${names(wanted)})`);
    return 0;
  }
  await install(missing);
  const left = missing.filter((one) => !isInstalled(one));
  if (left.length === 0) {
    console.log("Set-up: done");
    return 0;
  }
  explain(left);
  return Deno.env.get("CI") === "true" ? 1 : 0;
}

function isInstalled({ files }: Package): boolean {
  return files.every((file) =>
    file.startsWith("/") ? isFile(file) : isInSearchPath(file)
  );
}

function isInSearchPath(name: string): boolean {
  const path = Deno.env.get("PATH") ?? "";
  const folders = [...path.split(":"), ...SERVER_FOLDERS];
  return folders.some((folder) => folder !== "" && isFile(`${folder}/${name}`));
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (
      error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory ||
      error instanceof Deno.errors.PermissionDenied
    ) return false;
    throw error;
  }
}

async function install(packages: Package[]): Promise<void> {
  const prefix = await rootPrefix();
  if (prefix === undefined || !isInSearchPath("apt-get")) return;
  const steps = [
    { title: "reading the lists of packages", args: ["update"] },
    {
      title: `installing ${names(packages)}, which can take minutes`,
      args: [
        "install",
        "-y",
        "--no-install-recommends",
        ...packages.map(({ name }) => name),
      ],
    },
  ];
  for (const { title, args } of steps) {
    console.log(`Set-up: ${title}`);
    const { success, text } = await aptGet(prefix, args);
    if (success) continue;
    console.error(`Set-up: apt-get ${args[0]} failed:\n${text.trimEnd()}`);
    return;
  }
}

/** The command before a command that makes it root's; undefined if none. */
async function rootPrefix(): Promise<string[] | undefined> {
  if (Deno.uid() === 0) return [];
  if (!isInSearchPath("sudo")) return undefined;
  const { success } = await run(["sudo", "-n", "true"]);
  return success ? ["sudo", "-n"] : undefined;
}

function aptGet(prefix: string[], args: string[]): Promise<Output> {
  return run([
    ...prefix,
    "env",
    "DEBIAN_FRONTEND=noninteractive",
    "apt-get",
    "-qq",
    "-o",
    "DPkg::Lock::Timeout=120",
    ...args,
  ]);
}

async function run([command, ...args]: string[]): Promise<Output> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args,
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { success, text: decoder.decode(stdout) + decoder.decode(stderr) };
}

function explain(packages: Package[]): void {
  console.log(
    `Set-up: missing ${names(packages)}; to install on Debian, run:\n` +
      `  sudo apt-get update && sudo apt-get install ${names(packages, " ")}`,
  );
  if (Deno.env.get("CI") !== "true") {
    console.log("Set-up: the tests that need what is missing are skipped");
  }
}

function names(packages: Package[], separator = ", "): string {
  return packages.map(({ name }) => name).join(separator);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
