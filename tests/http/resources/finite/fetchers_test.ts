import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  fetcherOf,
  FETCHERS,
} from "../../../../src/http/resources/finite/fetchers.ts";
import { publishFrame } from "../../../../src/ingest/publish_frame.ts";
import { colorFrame } from "../../../support/gif/color_frame.ts";
import { testBothServers } from "../../../support/http/both_servers.ts";

/** What they send, as it was seen or as they document it. */
const AGENTS: [fetcher: string, agent: string][] = [
  ["GitHub camo", "github-camo (9c4b2f5d)"],
  ["GitHub camo", "Camo Asset Proxy 2.3.0"],
  ["GitHub camo", "go-camo (https://github.com/cactus/go-camo)"],
  [
    "Google image proxy",
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
  ],
  [
    "Yahoo Mail",
    "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
  ],
  ["Slack images", "Slack-ImgProxy (+https://api.slack.com/robots)"],
  ["Slack", "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"],
  ["Slack", "Slackbot 1.0 (+https://api.slack.com/robots)"],
  ["Outlook", "Mozilla/4.0 (compatible; ms-office; MSOffice 16)"],
  [
    "Outlook",
    "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.12026; Pro)",
  ],
  [
    "Discord",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
  ],
  [
    "Discord images",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 11.6; rv:92.0) Gecko/20100101 Firefox/92.0",
  ],
  [
    "Discord images",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.10; rv:38.0) Gecko/20100101 Firefox/38.0",
  ],
  ["Twitter", "Twitterbot/1.0"],
  [
    "Facebook",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
  ],
  ["Facebook", "Facebot/1.0"],
  [
    "Facebook",
    "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
  ],
  // Messages of iOS and macOS.
  [
    "Twitter",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
  ],
  ["Telegram", "TelegramBot (like TwitterBot)"],
  ["WhatsApp", "WhatsApp/2.23.18.78 A"],
  ["WhatsApp", "WhatsApp/2.2587.9 N"],
  // As Signal has it.
  ["WhatsApp", "WhatsApp/2"],
  ["Facebook", "facebookexternalhit/1.1;line-poker/1.0"],
  ["Facebook", "facebookexternalhit/1.1; kakaotalk-scrap/1.0"],
  ["Notion", "NotionEmbedder"],
  ["Pinterest", "Pinterest/0.2 (+http://www.pinterest.com/)"],
  ["VK", "Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)"],
  [
    "Microsoft Teams",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
  ],
  [
    "LinkedIn",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
  ],
  [
    "Bluesky",
    "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
  ],
  ["Mastodon", "http.rb/5.1.1 (Mastodon/4.2.1; +https://example.social/) Bot"],
  ["Mastodon", "Mastodon/4.4.0 (http.rb/5.2.0; +https://example.social/)"],
  ["Matrix", "Synapse (bot; +https://github.com/matrix-org/synapse)"],
  ["Matrix", "Synapse/1.98.0"],
  [
    "Google",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  ],
  ["Google", "Googlebot-Image/1.0"],
  [
    "Embedly and Iframely",
    "Mozilla/5.0 (compatible; Embedly/0.2; +http://support.embed.ly/)",
  ],
  ["Embedly and Iframely", "Iframely/1.3.1 (+https://iframely.com/docs/about)"],
  [
    "any other robot",
    "Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)",
  ],
  ["any other robot", "Mozilla/5.0 (compatible; bingbot/2.0)"],
  ["any other robot", "Mattermost-Bot/1.1"],
  ["any other robot", "Pinterestbot/1.0"],
  [
    "any other robot",
    "Mozilla/5.0 (compatible; ZulipURLPreview/9.0; +https://example.org)",
  ],
  ["any other robot", "Mozilla/5.0 (compatible; Quora Link Preview/1.0)"],
  ["any other robot", "Mozilla/5.0 (compatible; Snap URL Preview Service)"],
];

/** Those who play an endless GIF, or want it as it is. */
const OTHERS = [
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Linux; Android 9; CUBOT X18 Plus) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [Pinterest/iOS]",
  "curl/7.88.1",
  "Wget/1.21.3",
  "Lavf/59.27.100",
  "mpv 0.35.1",
  "VLC/3.0.18 LibVLC/3.0.18",
  "python-requests/2.28.1",
  "HomeAssistant/2025.1",
  "Deno/2.9.6",
  "node",
];

Deno.test("fetcherOf() knows the service of each row", () => {
  for (const [name, agent] of AGENTS) {
    const request = new Request("http://x/", {
      headers: { "user-agent": agent },
    });
    assertEquals(fetcherOf(request)?.name, name, agent);
  }
  const rows = new Set(AGENTS.map(([name]) => name));
  assertEquals(FETCHERS.filter(({ name }) => !rows.has(name)), []);
});

Deno.test("fetcherOf() takes no browser or player for a service", () => {
  for (const agent of OTHERS) {
    const headers = { "user-agent": agent };
    assertEquals(fetcherOf(new Request("http://x/", { headers })), undefined);
  }
  assertEquals(fetcherOf(new Request("http://x/")), undefined);
});

testBothServers(
  "gives services a finite GIF, and those that read pages the page",
  async (base, channels) => {
    publishFrame(channels.first!, colorFrame(8, 6, [9, 0, 0]));
    for (const [name, agent] of AGENTS) {
      const headers = { "user-agent": agent, accept: "*/*" };
      const image = await fetch(`${base}/live.gif`, { headers });
      const length = Number(image.headers.get("content-length"));
      assertEquals((await image.bytes()).length, length, agent);
      assert(length > 0);
      assertMatch(image.headers.get("vary")!, /user-agent/);
      const { readsPages } = FETCHERS.find((one) => one.name === name)!;
      for (const path of ["/live", "/"]) {
        const root = await fetch(base + path, { headers });
        const type = root.headers.get("content-type")!;
        assertEquals(type.startsWith("text/html"), readsPages, agent);
        if (!readsPages) assert(root.headers.has("content-length"), agent);
        await root.bytes();
        headers.accept = "image/*";
        const picture = await fetch(base + path, { headers });
        assertEquals(picture.headers.get("content-type"), "image/gif");
        await picture.bytes();
        headers.accept = "*/*";
      }
    }
    for (const agent of OTHERS) {
      const headers = { "user-agent": agent };
      const endless = await fetch(`${base}/live.gif`, { headers });
      assertEquals(endless.headers.get("content-length"), null, agent);
      await endless.body?.cancel();
    }
    const camo = { headers: { "user-agent": "github-camo (1)" } };
    const endless = await fetch(`${base}/live.gif?finite=0`, camo);
    assertEquals(endless.headers.get("content-length"), null);
    await endless.body?.cancel();
  },
);
