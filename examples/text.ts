/**
 * What you type, in every browser at once, as in gifsockets. To run it:
 *
 *     deno run --allow-net examples/text.ts [PORT]
 *
 * Open http://localhost:8000/ and type a line here, or say it from elsewhere:
 *
 *     curl --data "Hello there" http://localhost:8000/
 */
import { Channel, createHandler, publishFrame } from "@x/gifstream";
import { indexedFrame } from "@x/gifstream/gif";
import { drawText } from "./font.ts";

const COLUMNS = 16, LINES = 4;
/** Pixels of a dot, a line, and the border. */
const DOT = 4, LINE = 9 * DOT, BORDER = 4 * DOT;
const WIDTH = COLUMNS * 6 * DOT + 2 * BORDER;
const HEIGHT = LINES * LINE + 2 * BORDER;
const COLORS = Uint8Array.of(24, 24, 37, 166, 227, 161);

const channel = new Channel({ name: "text", title: "What is said" });
const handler = createHandler(channel);
const port = Number(Deno.args[0] ?? 8000);
Deno.serve({ hostname: "127.0.0.1", port }, async (request) => {
  if (request.method !== "POST") return handler(request);
  say(await request.text());
  return new Response("Said.\n");
});

say("Type a line.");
for await (const chunk of Deno.stdin.readable) {
  for (const line of new TextDecoder().decode(chunk).trim().split("\n")) {
    say(line);
  }
}

/** Puts a text on air. */
function say(text: string): void {
  const pixels = new Uint8Array(WIDTH * HEIGHT);
  wrap(text).forEach((line, number) =>
    drawText(line, (x, y) => {
      const left = BORDER + x * DOT;
      const top = BORDER + number * LINE + y * DOT;
      for (let row = top; row < top + DOT; row++) {
        pixels.fill(1, row * WIDTH + left, row * WIDTH + left + DOT);
      }
    })
  );
  const screen = { width: WIDTH, height: HEIGHT };
  publishFrame(channel, indexedFrame(screen, pixels, COLORS));
}

/** The first lines, broken between words where that can be. */
function wrap(text: string): string[] {
  const lines = text.match(
    new RegExp(`\\S.{0,${COLUMNS - 1}}(?=\\s|$)|\\S{1,${COLUMNS}}`, "g"),
  );
  return (lines ?? []).slice(0, LINES);
}
