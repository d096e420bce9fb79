import { assertEquals } from "@std/assert";
import {
  aiohttpProxy,
  motion,
  type Peer,
  ustreamer,
  vlc,
} from "../../support/peers/peer.ts";
import { untilChannels } from "../../support/program/cli_channels.ts";
import { Program } from "../../support/program/program.ts";
import { requireFile, requireTool } from "../../support/require.ts";

const AIOHTTP = "/usr/lib/python3/dist-packages/aiohttp/__init__.py";

/** Programs that read our MJPEG, and whose stream of it we read. */
const RELAYS: Record<string, (camera: string) => Promise<Peer>> = {
  motion,
  vlc,
  proxy: aiohttpProxy,
};

/** Enough that none of them can be a picture of its own. */
const PICTURES = 10;

Deno.test({
  name: "gifstream is read by Motion, VLC and aiohttp, and reads them",
  ignore: !["motion", "vlc"].every(requireTool) || !requireFile(AIOHTTP),
  async fn() {
    await using program = new Program({ args: ["test:", "--port", "0"] });
    const camera = `${await program.address()}/live.mjpeg`;
    await using peers = new AsyncDisposableStack();
    const inputs = await Promise.all(
      Object.entries(RELAYS).map(async ([name, start]) => {
        const { port } = peers.use(await start(camera));
        return `${name}=http://127.0.0.1:${port}/`;
      }),
    );
    await using reader = new Program({ args: [...inputs, "--port", "0"] });
    const channels = await untilChannels(
      await reader.address(),
      (all) =>
        Object.keys(RELAYS).every((name) =>
          (all.get(name)?.frames ?? 0) >= PICTURES
        ),
    );
    for (const name of Object.keys(RELAYS)) {
      assertEquals(channels.get(name)?.width, 320, name);
    }
    assertEquals(await reader.stop(), 0);
    assertEquals(await program.stop(), 0);
  },
});

Deno.test({
  name: "gifstream reads ustreamer",
  ignore: !requireTool("ustreamer"),
  async fn() {
    await using camera = await ustreamer();
    const address = `http://127.0.0.1:${camera.port}`;
    await using reader = new Program({
      args: [
        ...[`camera=${address}/stream`, `still=${address}/snapshot`],
        ...["--port", "0"],
      ],
    });
    await untilChannels(
      await reader.address(),
      (all) => ["camera", "still"].every((name) => all.get(name)?.frames),
    );
    assertEquals(await reader.stop(), 0);
  },
});
