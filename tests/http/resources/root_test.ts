import { assert, assertEquals, assertMatch } from "@std/assert";
import { Channel } from "../../../src/channel/channel.ts";
import { bytes, header, image, TRAILER } from "../../support/gif/gif_bytes.ts";
import { testBothServers } from "../../support/http/both_servers.ts";
import { publishGif } from "../../support/publish_gif.ts";

const GIF = bytes(header(4, 3), image({ width: 4, height: 3 }), TRAILER);
/** What browsers send that navigate. */
const BROWSER = { headers: { accept: "text/html,image/avif,*/*;q=0.8" } };
const NAMES = ["door", "garden"];

testBothServers(
  "gives the page of a channel, or its GIF, at its name",
  async (base, channels) => {
    publishGif(channels.get("garden")!, GIF.slice());
    const page = await fetch(`${base}/garden`, BROWSER);
    const vary = "accept, sec-fetch-dest, user-agent";
    assertEquals(page.headers.get("vary"), `accept-encoding, ${vary}`);
    assert((await page.text()).includes('data-channel="garden"'));

    const gif = await fetch(`${base}/garden`);
    assertEquals(gif.headers.get("content-type"), "image/gif");
    assertEquals(gif.headers.get("vary"), vary);
    assertEquals(channels.get("garden")!.viewers, 1);
    await gif.body?.cancel();
  },
  { names: NAMES },
);

testBothServers(
  "says in the page where chats find its moving picture",
  async (base, channels) => {
    publishGif(channels.get("garden")!, GIF.slice());
    const imageIn = async (path: string, init?: RequestInit) => {
      const html = await (await fetch(base + path, init)).text();
      return html.match(/property="og:image" content="([^"]+)"/)?.[1];
    };
    assertEquals(
      await imageIn("/garden", BROWSER),
      `${base}/garden.gif?finite`,
    );
    const chat = { headers: { "user-agent": "Slackbot 1.0" } };
    const address = await imageIn("/garden", chat);
    const image = await fetch(address!);
    assertEquals(image.headers.get("content-type"), "image/gif");
    assertEquals(
      (await image.bytes()).length,
      Number(image.headers.get("content-length")),
    );
    const proxied = { "x-forwarded-proto": "https", "x-forwarded-host": "a.b" };
    assertEquals(
      await imageIn("/", { headers: { ...BROWSER.headers, ...proxied } }),
      "https://a.b/door.gif?finite",
    );
  },
  { names: NAMES, trustProxy: true },
);

const TOKEN = "s3cret&more";

testBothServers(
  "tells chats the token that their link has, and people none",
  async (base, channels) => {
    publishGif(channels.first!, GIF.slice());
    const link = `${base}/door?token=${encodeURIComponent(TOKEN)}`;
    const page = await (await fetch(link, BROWSER)).text();
    assert(!page.includes("s3cret"));
    const chat = { headers: { "user-agent": "TelegramBot (like TwitterBot)" } };
    const html = await (await fetch(link, chat)).text();
    const [, image] = html.match(/property="og:image" content="([^"]+)"/)!;
    const response = await fetch(image.replaceAll("&amp;", "&"));
    assertEquals(response.status, 200);
    await response.bytes();
  },
  { names: NAMES, viewing: { token: TOKEN } },
);

testBothServers(
  "gives the page of all channels at /, and of the first one if it is alone",
  async (base, channels) => {
    const page = async () => await (await fetch(base, BROWSER)).text();
    const wall = await page();
    assert(wall.includes('data-channel=""') && wall.includes('href="garden"'));
    for (const { name } of [...channels].slice(1)) channels.remove(name);
    assert((await page()).includes('data-channel="door"'));
  },
  { names: NAMES },
);

testBothServers(
  "leads from /NAME/ to /NAME, wherever a proxy has it",
  async (base) => {
    const response = await fetch(`${base}/garden/?swap-seconds=9`, {
      redirect: "manual",
    });
    await response.body?.cancel();
    assertEquals(response.status, 308);
    const location = response.headers.get("location")!;
    assertEquals(
      new URL(location, "http://proxy/cams/garden/").href,
      "http://proxy/cams/garden?swap-seconds=9",
    );
  },
  { names: NAMES },
);

testBothServers(
  "says which channels there are where one is asked for that is not",
  async (base) => {
    for (const path of ["/attic", "/attic/", "/attic/snapshot.gif"]) {
      const response = await fetch(base + path);
      assertEquals(response.status, 404);
      assertEquals(
        await response.text(),
        "There is no channel attic. What there is: door, garden.\n",
      );
    }
  },
  { names: NAMES },
);

testBothServers(
  "gives browsers a page that waits while there is no channel",
  async (base, channels) => {
    const page = await fetch(base, BROWSER);
    assertEquals(page.status, 200);
    assert((await page.text()).includes('data-channel=""'));
    const gif = await fetch(base);
    assertEquals(gif.status, 503);
    assert(gif.headers.has("retry-after"));
    assertMatch(await gif.text(), /^There is no channel yet/);
    channels.add(new Channel({ name: "door" }));
    const later = await (await fetch(base, BROWSER)).text();
    assert(later.includes('data-channel="door"'));
  },
  { names: [] },
);
