/** A service that fetches an image or a page once, for people. */
export interface Fetcher {
  name: string;
  /** Found in its `User-Agent`. */
  agent: RegExp;
  /** It reads pages, too, to show a preview of them. */
  readsPages: boolean;
}

/**
 * Services that fetch once, within some seconds and megabytes, and show what
 * they got: an endless GIF is cut there, or not shown at all.
 */
export const FETCHERS: readonly Fetcher[] = [
  // Images of README files, issues and comments; Zulip's and GitLab's, too.
  images("GitHub camo", /\bcamo\b/i),
  images("Google image proxy", /GoogleImageProxy|ggpht\.com/i),
  images("Yahoo Mail", /YahooMailProxy|YahooCacheSystem/i),
  images("Slack images", /Slack-ImgProxy/i),
  images(
    "Outlook",
    /\bms-office\b|\bMSOffice\b|Microsoft (Office|Outlook)|\bOutlook-(iOS|Android)|OutlookImageProxy/i,
  ),
  // Discord's image proxy gives itself out as one of these browsers.
  images(
    "Discord images",
    /Intel Mac OS X (11\.6; rv:92\.0\) Gecko\/20100101 Firefox\/92\.0|10\.10; rv:38\.0\) Gecko\/20100101 Firefox\/38\.0)$/,
  ),
  pages("Slack", /Slackbot/i),
  pages("Discord", /Discordbot/i),
  // It names Twitter's, too.
  pages("Telegram", /TelegramBot/i),
  pages("Twitter", /Twitterbot/i),
  pages(
    "Facebook",
    /facebookexternalhit|facebookcatalog|Facebot|meta-external/i,
  ),
  // Signal gives itself out as this one.
  pages("WhatsApp", /^WhatsApp\//i),
  pages("Microsoft Teams", /SkypeUriPreview|MicrosoftPreview|BingPreview/i),
  pages("LinkedIn", /LinkedInBot/i),
  pages("Bluesky", /Bluesky Cardyb/i),
  pages("Mastodon", /\b(Mastodon|Pleroma|Akkoma|Misskey|Lemmy)\/\d/i),
  pages("Matrix", /\bSynapse\b|\bmatrix-media-repo\b|\bConduit\b/i),
  pages(
    "Google",
    /Google-PageRenderer|Google-InspectionTool|Googlebot|Google-Read-Aloud/i,
  ),
  pages("Notion", /\bNotionEmbedder\b/i),
  // In its own browser people see what any browser shows: `[Pinterest/iOS]`.
  pages("Pinterest", /\bPinterest\/\d/i),
  pages("VK", /\bvkShare\b/i),
  pages("Embedly and Iframely", /\bEmbedly\b|\bIframely\b/i),
  // A phone is called Cubot.
  pages(
    "any other robot",
    /(?<!\bcu)bot\b|crawler|spider|unfurl|link[- ]?preview|url[- ]?preview|link-?expand|image-?proxy/i,
  ),
];

/** The service that sent a request; undefined for a person's own program. */
export function fetcherOf({ headers }: Request): Fetcher | undefined {
  const agent = headers.get("user-agent");
  if (agent === null) return undefined;
  return FETCHERS.find((fetcher) => fetcher.agent.test(agent));
}

function images(name: string, agent: RegExp): Fetcher {
  return { name, agent, readsPages: false };
}

function pages(name: string, agent: RegExp): Fetcher {
  return { name, agent, readsPages: true };
}
