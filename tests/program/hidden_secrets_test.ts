import { assert, assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";
import { withFolder } from "../support/folder/temporary_folder.ts";
import { channelsOf, untilChannels } from "../support/program/cli_channels.ts";
import { Program } from "../support/program/program.ts";
import { requireTool } from "../support/require.ts";

const NEEDS_FFMPEG = { ignore: !requireTool("ffmpeg") };

/** In every secret below, in some form; nothing else is called so. */
const SECRETS = /zqx|enF4/i;

/** Fails with the lines that have a secret. */
function assertNoSecret(text: string): void {
  // A nonce may have anything in it by chance.
  const found = text.replace(/nonce="[^"]*"/g, "").split("\n")
    .filter((line) => SECRETS.test(line));
  assertEquals(found, []);
}

/** A port that nobody listens at. */
function closedPort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** What ffmpeg cannot play, with a secret wherever one may stand. */
function inputsAt(closed: number, web: number): string[] {
  const host = `127.0.0.1:${closed}`;
  const site = `127.0.0.1:${web}`;
  return [
    `rtsp://zqxuser:zqxpass@${host}/1`,
    `rtsp://zqxuser:zqx/pass@${host}/1`,
    `rtsp://zqxuser:zqx?pass@${host}/1`,
    `rtsp://zqxuser:zqx#pass@${host}/1`,
    `rtsp://zqxuser:p@ss/zqx@${host}/1`,
    `rtsp://zqx%3Auser:zqx%40pass%2F@${host}/h264/main`,
    `rtsp://zqx%40user%3Azqxpass%40${host}/1`,
    `rtsp://zqxtoken@[::1]:${closed}/1`,
    `rtsp://${host}/user=zqxuser&password=zqx&channel=1&stream=0.sdp?zqx_stream`,
    `rtsp://${host}/user=zqxuser_password=zqx_channel=1_stream=0.sdp`,
    `RTSP://zqxuser:zqxpass@${host}/a`,
    `rtmp://${host}/zqxapp/zqxkey`,
    `rtmp://${host}/app/x playpath=zqxpath token=zqxtoken`,
    `http://${host}/snapshot.cgi?user=zqxuser&pwd=zqxpass`,
    `http://zqx:b@${host}/zqx/zqx1/1.ts?user=me@zqx&pwd=zqx#zqx`,
    `tcp://zqx:zqx@${host}?zqx=zqx`,
    `rtp://zqx:zqx@nobody.invalid:1?localaddr=zqx`,
    `http://zqxuser:zqxpass@${site}/401?token=zqx`,
    `http://zqxuser:zqxpass@${site}/404/zqxpath?token=zqx`,
    `http://${site}/moved?token=zqx`,
    `http://${site}/list.m3u8?token=zqx`,
    `lavfi:movie=rtsp\\\\://zqxuser\\\\:zqxpass@127.0.0.1\\\\:${closed}/zqx`,
    `lavfi:movie='rtsp://zqxuser:zqxpass@${host}/zqx'`,
  ];
}

/** A web server that plays none of them. */
function webSite(closed: number): Deno.HttpServer<Deno.NetAddr> {
  const place = `http://zqxother:zqxsecret@127.0.0.1:${closed}/zqx?sig=zqx`;
  const answers: Record<string, () => Response> = {
    "/401": () =>
      new Response("zqx", {
        status: 401,
        headers: { "www-authenticate": 'Basic realm="zqx"' },
      }),
    "/moved": () =>
      new Response(null, { status: 302, headers: { location: place } }),
    "/list.m3u8": () =>
      new Response(`#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${place}\n`, {
        headers: { "content-type": "application/vnd.apple.mpegurl" },
      }),
  };
  const options = { hostname: "127.0.0.1", port: 0, onListen() {} };
  return Deno.serve(options, (request) => {
    const answer = answers[new URL(request.url).pathname];
    return answer?.() ?? new Response("zqx", { status: 404 });
  });
}

/** What a server tells whoever asks. */
async function toldBy(address: string): Promise<Record<string, string>> {
  const told: Record<string, string> = {};
  const names = [...(await channelsOf(address)).keys()];
  for (
    const path of [
      ...["/api/channels", "/metrics", "/openapi.json", "/readyz", "/none/ws"],
      ...names.flatMap((name) => [`/api/channels/${name}`, `/${name}`]),
    ]
  ) {
    const headers = { accept: "text/html" };
    const response = await fetch(address + path, { headers });
    told[path] = await response.text();
  }
  const events = await fetch(`${address}/api/events`);
  const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n\n")) text += (await reader.read()).value;
  await reader.cancel();
  return { ...told, events: text };
}

for (const log of ["text", "json"]) {
  Deno.test({
    name: `gifstream shows no secret of an input to anybody (--log ${log})`,
    ...NEEDS_FFMPEG,
    async fn() {
      const closed = closedPort();
      await using site = webSite(closed);
      await using program = new Program({
        args: [
          ...inputsAt(closed, site.addr.port),
          ...["--port", "0", "--log", log],
        ],
      });
      const address = await program.address();
      await untilChannels(
        address,
        (all) => [...all.values()].every(({ source }) => source.message),
      );
      const told = await toldBy(address);
      assertMatch(told["/api/channels"], /; trying again/);
      for (const [where, text] of Object.entries(told)) {
        assertNoSecret(`${where}: ${text}`);
      }
      assertEquals(await program.stop(), 0);
      assertMatch(program.errorText, /refused\); trying again/);
      assertNoSecret(program.errorText);
    },
  });
}

Deno.test({
  name: "gifstream shows no secret of arguments for ffmpeg",
  ...NEEDS_FFMPEG,
  async fn() {
    const input = `http://127.0.0.1:${closedPort()}/1`;
    for (
      const args of [
        '-headers "Authorization: Basic enF4OnpxeA=="',
        "-headers -password zqx",
        "-loglevel debug -headers X-Key:zqx",
        "-http_proxy http://zqx:zqx@127.0.0.1:1/?zqx",
        "-f zqx:1/2",
      ]
    ) {
      await using program = new Program({
        args: [input, `--input-args=${args}`, "--port", "0"],
      });
      await untilChannels(
        await program.address(),
        (all) => [...all.values()].every(({ source }) => source.message),
      );
      const told = await toldBy(await program.address());
      await program.stop();
      assertNoSecret(program.errorText + Object.values(told).join("\n"));
    }
  },
});

Deno.test({
  name: "gifstream shows no secret of its only input",
  ...NEEDS_FFMPEG,
  async fn() {
    const closed = closedPort();
    for (
      const [input, title] of [
        [`http://127.0.0.1:${closed}/?pwd=zqx`, `127.0.0.1:${closed}`],
        [`rtsp://zqx:zqx/a@127.0.0.1:${closed}/zqx`, "Live"],
        [`http://127.0.0.1:${closed}/zqx/night.mp4?zqx`, "night.mp4"],
      ]
    ) {
      await using program = new Program({ args: [input, "--port", "0"] });
      const address = await program.address();
      const all = await untilChannels(
        address,
        (all) => all.get("live")?.source.message !== null,
      );
      assertEquals(all.get("live")?.title, title);
      const told = Object.values(await toldBy(address)).join("\n");
      await program.stop();
      assertNoSecret(program.errorText + told);
    }
    await using failing = new Program({
      args: [`lavfi:movie=file\\\\:zqx@zqx,scale=zqx`, "--port", "0"],
    });
    assertEquals(await failing.exitCode(), 1);
    assertMatch(failing.errorText, /^error: Cannot play lavfi:movie\.\.\.: /m);
    assertNoSecret(failing.errorText);
  },
});

Deno.test("gifstream shows no secret of a command line that it refuses", () =>
  withFolder(async (folder) => {
    const camera = "rtsp://zqxuser:zqxpass@127.0.0.1:1/zqx?zqx";
    const usual = ["--port", "0"];
    const lines: [string[], RegExp][] = [
      [
        ["--loop", camera, "--poll", "9999", "ingest:"],
        /--poll works only with/,
      ],
      [
        [`x=${camera}`, `x=${camera}`],
        /named x: rtsp:.* and rtsp:.*; try x-2=/,
      ],
      [[`front door=${camera}`], /try front-door=rtsp:\/\/127\.0\.0\.1:1/],
      [["--fps", camera], /--fps takes a number/],
      [[`--size=${camera}`], /--size takes a size/],
      [["--mode", camera], /--mode takes/],
      [["--channels", `(${camera}`], /--channels takes a regular expression/],
      [["--base-path", camera], /--base-path/],
      [["--allow-origin", camera], /--allow-origin/],
      [[`--${camera}`], /No such option/],
      [["rtsp:zqxuser:zqxpass@cam"], /Cannot play rtsp:\.\.\.: expected an/],
      [["rtsp:/zqxuser:zqxpass@cam"], /Cannot play rtsp:\.\.\.: expected an/],
      [["cam=zqxuser:zqx/pass@cam/1"], /Cannot play \.\.\.: expected an/],
      [["10.0.0.5/a.cgi?user=zqx&pwd=zqx"], /Cannot play \.\.\.: expected/],
      [["a.cgi?user=zqx&pwd=zqx"], /Cannot play \.\.\.: expected/],
      [["user=zqx&password=zqx"], /Cannot play \.\.\.: expected/],
      [[" rtsp://zqx:zqx@cam", "test:"], /Cannot play \.\.\.: expected/],
    ];
    for (const [args, message] of lines) {
      await using program = new Program({
        args: [...args, ...usual],
        cwd: folder,
      });
      assertEquals(await program.exitCode(), 2, program.errorText);
      assertMatch(program.errorText, message);
      assertNoSecret(program.errorText);
    }
    const failures: string[][] = [
      ["test:", "--host", camera],
      ["test:", "--viewer-token-file", camera],
      ["test:", "--cert", camera, "--key", camera],
      ["test:", "--socket", camera],
      ["https+zqx@a://b"],
    ];
    for (const args of failures) {
      await using program = new Program({ args, cwd: folder });
      assert(await program.exitCode() > 0, args.join(" "));
      assertNoSecret(program.errorText);
    }
    assertEquals(await Array.fromAsync(Deno.readDir(folder)), []);
  }));

Deno.test({
  name: "gifstream shows no secret, whatever it is",
  ...NEEDS_FFMPEG,
  async fn() {
    const secret = fc.string({
      unit: fc.constantFrom(..."abcXYZ019:/?#@&=%+ ;,'\"\\[]é"),
      minLength: 1,
      maxLength: 12,
    }).map((text) => `zqx${text}zqx`);
    const camera = (host: string) =>
      fc.tuple(
        fc.constantFrom("rtsp", "http", "tcp", "rtmp", "HTTP"),
        ...[secret, secret, secret, secret],
        fc.boolean(),
      ).map(([scheme, ...words]) => {
        const encode = words.pop() as boolean;
        const [user, password, key, value] = (words as string[])
          .map((word) => encode ? encodeURIComponent(word) : word);
        return `${scheme}://${user}:${password}@${host}/1?${key}=${value}`;
      });
    const closed = `127.0.0.1:${closedPort()}`;
    const cameras = fc.uniqueArray(camera(closed), {
      minLength: 12,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(cameras, async (inputs) => {
        await using program = new Program({ args: [...inputs, "--port", "0"] });
        const address = await program.address();
        await untilChannels(
          address,
          (all) => [...all.values()].every(({ source }) => source.message),
        );
        const told = Object.values(await toldBy(address)).join("\n");
        await program.stop();
        assertNoSecret(program.errorText + told);
      }),
      { numRuns: 3, endOnFailure: true },
    );
  },
});
