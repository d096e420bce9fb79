import { escaped } from "./escaped.ts";

/** The preview that chats and social networks show of a link to a page. */
export interface Preview {
  /** The channel's title. */
  title: string;
  /** The page's address, with its host. */
  address: string;
  /** The address of a picture, with its host. */
  image: string;
  /** Pixels; 0 if they are not known. */
  width: number;
  /** Pixels; 0 if they are not known. */
  height: number;
}

/**
 * The tags of a preview, by Open Graph and for Twitter, for the head of a page.
 */
export function tagsOf(preview: Preview): string {
  const { title, address, image, width, height } = preview;
  const size = width * height === 0 ? {} : {
    "og:image:width": `${width}`,
    "og:image:height": `${height}`,
  };
  const properties = {
    "og:type": "website",
    "og:title": title,
    "og:url": address,
    "og:image": image,
    "og:image:type": "image/gif",
    "og:image:alt": `Live picture: ${title}`,
    ...size,
  };
  const names = {
    "twitter:card": "summary_large_image",
    "twitter:title": title,
    "twitter:image": image,
  };
  const tags = [
    ...Object.entries(properties).map(([property, content]) =>
      `<meta property="${property}" content="${escaped(content)}">\n    `
    ),
    ...Object.entries(names).map(([name, content]) =>
      `<meta name="${name}" content="${escaped(content)}">\n    `
    ),
  ];
  return tags.join("");
}
