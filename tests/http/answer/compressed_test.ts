import { assert, assertEquals } from "@std/assert";
import { Channel } from "../../../src/channel/channel.ts";
import { Channels } from "../../../src/channel/channels.ts";
import { createHandler } from "../../../src/http/handler.ts";

const GZIP = { "accept-encoding": "gzip, deflate, br" };

/** What is sent, and what it says once it is whole again. */
async function ask(path: string, headers: Record<string, string>) {
  const channels = new Channels();
  for (let i = 0; i < 30; i++) channels.add(new Channel({ name: `cam-${i}` }));
  const handler = createHandler(channels);
  const request = new Request(`http://localhost${path}`, { headers });
  const response = await handler(request);
  const sent = await response.clone().bytes();
  const coding = response.headers.get("content-encoding");
  const whole = coding === null
    ? response
    : new Response(response.body!.pipeThrough(new DecompressionStream("gzip")));
  const text = await whole.text();
  channels.close();
  return { coding, sent, text, vary: response.headers.get("vary") ?? "" };
}

for (
  const [path, accept] of [["/", "text/html"], ["/api/channels", "*/*"]]
) {
  Deno.test(`${path} goes out compressed where that is taken`, async () => {
    const plain = await ask(path, { accept });
    assertEquals(plain.coding, null);
    const small = await ask(path, { accept, ...GZIP });
    assertEquals(small.coding, "gzip");
    assert(/accept-encoding/.test(small.vary), small.vary);
    assert(/accept-encoding/.test(plain.vary), plain.vary);
    assertEquals(small.text.length > 1400, true);
    assert(
      small.sent.length * 2 < plain.sent.length,
      `${small.sent.length} of ${plain.sent.length} bytes`,
    );
  });
}

Deno.test("the page is below 30 kB on the way", async () => {
  const { sent } = await ask("/", { accept: "text/html", ...GZIP });
  assert(sent.length < 30_000, `${sent.length} bytes`);
});

Deno.test("what fits into a packet goes out as it is", async () => {
  const { coding } = await ask("/api/places", GZIP);
  assertEquals(coding, null);
});
