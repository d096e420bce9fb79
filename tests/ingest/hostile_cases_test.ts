/**
 * GIFs that would harm others, remade in `shared/cases/gif`.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { delay } from "@std/async/delay";
import { join } from "@std/path";
import { Program } from "../support/program/program.ts";
import { sharedFolder } from "../support/require.ts";
import { bytes, header, image, TRAILER } from "../support/gif/gif_bytes.ts";

const CASES = sharedFolder("cases", "gif");
const TOKEN = "t0k";
const HOSTILE = [
  "enlarge_past_65535.gif",
  "resize_bomb_43KB.gif",
  "slow_big_screen_337B.gif",
];
const GOOD = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);

async function framesOf(base: string, name: string): Promise<number> {
  const response = await fetch(`${base}/api/channels`);
  const { channels } = await response.json();
  return channels.find((each: { name: string }) => each.name === name).frames;
}

function post(base: string, body: Uint8Array<ArrayBuffer>) {
  return fetch(`${base}/j/frames`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}` },
    body,
  });
}

for (const file of HOSTILE) {
  Deno.test({
    name: `gifstream goes on when it is sent ${file}, or finds it in a folder`,
    ignore: CASES === undefined,
    async fn() {
      const gif = await Deno.readFile(join(CASES!, file));
      const folder = await Deno.makeTempDir({ prefix: "gifstream-test-" });
      try {
        await using program = new Program({
          args: ["j=ingest:", "t=test:", `f=${folder}`, "--port", "0"],
          env: { GIFSTREAM_TOKEN: TOKEN },
        });
        const base = await program.address();
        await Deno.writeFile(`${folder}/1.gif`, gif);
        const sent = post(base, gif);
        // Nothing else waits for it.
        const before = await framesOf(base, "t");
        while (await framesOf(base, "t") < before + 5) await delay(20);
        const health = await fetch(`${base}/healthz`);
        assertEquals(health.ok, true);
        await health.body?.cancel();
        const answer = await sent;
        const text = await answer.text();
        if (file.startsWith("enlarge")) {
          assertEquals(answer.status, 400);
          assertMatch(text, /65535/);
        }
        const good = await post(base, GOOD);
        assertEquals(good.status, 200, await good.text());
        const found = await framesOf(base, "f");
        await Deno.writeFile(`${folder}/2.gif`, GOOD);
        while (await framesOf(base, "f") <= found) await delay(20);
        assertEquals(await program.stop(), 0);
        assert(!/Fault/.test(program.errorText), program.errorText);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

Deno.test({
  name: "gifstream refuses a GIF on standard input that would be too large",
  ignore: CASES === undefined,
  async fn() {
    await using program = new Program({
      args: ["-", "--port", "0"],
      stdin: "piped",
    });
    await program.address();
    const writer = program.process.stdin.getWriter();
    await writer.write(await Deno.readFile(join(CASES!, HOSTILE[0])));
    await writer.write(GOOD);
    await program.waitFor(/On air: 4x3 pixels/);
    await writer.close();
    assertEquals(await program.stop(), 0);
  },
});
