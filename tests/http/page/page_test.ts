import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
} from "@std/assert";
import { embedHtml } from "../../../src/http/page/embed/embed_html.ts";
import { embedScript } from "../../../src/http/page/embed/embed_js.ts";
import { htmlResponse } from "../../../src/http/page/html_response.ts";
import { pageResponse } from "../../../src/http/page/page.ts";

const REQUEST = new Request("http://127.0.0.1:8080/");
const DOOR = { name: "door", channels: [{ name: "door", title: "Door" }] };

Deno.test("pageResponse() is HTML that no proxy may keep or change", () => {
  const { status, headers } = pageResponse(REQUEST, DOOR);
  assertEquals(status, 200);
  assertEquals(headers.get("content-type"), "text/html; charset=utf-8");
  assertEquals(headers.get("cache-control"), "no-cache, no-transform");
  assertEquals(headers.get("x-content-type-options"), "nosniff");
});

Deno.test("pageResponse() is had by HTTPS only from then on, for a day", () => {
  const told = ({ headers }: Response) =>
    headers.get("strict-transport-security");
  const safe = new Request("https://cams.example/");
  assertEquals(told(pageResponse(safe, DOOR)), "max-age=86400");
  assertEquals(told(pageResponse(REQUEST, DOOR)), null);
});

Deno.test("pageResponse() has no body when asked for its head only", async () => {
  const response = pageResponse(
    new Request(REQUEST, { method: "HEAD" }),
    DOOR,
  );
  assertEquals(await response.text(), "");
  assertNotEquals(response.headers.get("content-security-policy"), null);
});

Deno.test("pageResponse() allows its own style and script only, by a nonce used once", async () => {
  const nonces = new Set<string>();
  for (
    const response of [
      pageResponse(REQUEST, DOOR),
      pageResponse(REQUEST, DOOR),
    ]
  ) {
    const policy = response.headers.get("content-security-policy")!;
    const html = await response.text();
    const [, nonce] = policy.match(/script-src 'nonce-([^']+)'/)!;
    nonces.add(nonce);
    assertMatch(policy, /^default-src 'none';/);
    assert(!policy.includes("unsafe"));
    // The script itself has one as text, for pages of others.
    const tags = html.match(/^\s*<(?:script|style)\b[^>]*>/gm)!
      .map((tag) => tag.trim());
    assertEquals(tags, [
      `<style nonce="${nonce}">`,
      `<script type="module" nonce="${nonce}">`,
      `<script nonce="${nonce}">`,
    ]);
  }
  assertEquals(nonces.size, 2);
});

Deno.test("pageResponse() is for no frame of others, as the embed is", () => {
  const ancestorsOf = ({ headers }: Response) =>
    headers.get("content-security-policy")!.match(/frame-ancestors (\S+)/)?.[1];
  assertEquals(ancestorsOf(pageResponse(REQUEST, DOOR)), "'self'");
  assertEquals(ancestorsOf(htmlResponse(REQUEST, embedHtml, "door")), "*");
});

Deno.test("the element is no larger than is said", () => {
  const { length } = new TextEncoder().encode(embedScript);
  assert(length <= 2000, `${length} bytes`);
});

Deno.test("pageResponse() has no comments that are for us", async () => {
  const html = await pageResponse(REQUEST, DOOR).text();
  assertMatch(html, /<style nonce="[^"]+">/);
  assert(!html.includes("/*"));
});

Deno.test("pageResponse() refers to nothing outside and to nothing by an absolute path", async () => {
  const html = await pageResponse(REQUEST, DOOR).text();
  const markup = html.slice(0, html.indexOf("<script "));
  const addresses = [...markup.matchAll(/\b(?:src|href)="([^"]*)"/g)]
    .map(([, address]) => address);
  assertEquals(addresses, [
    "data:,",
    "door/still",
    "door/snapshot.jpg",
    "./",
    "./?kiosk",
  ]);
  assert(!html.includes("http:") && !html.includes("https:"));
});

Deno.test("pageResponse() tells chats what a link to it shows", async () => {
  const preview = {
    title: `"Tom" & <Jerry> $& $NAME`,
    address: "https://example.org/cams/door",
    image: "https://example.org/cams/door.gif?finite&token=a",
    width: 480,
    height: 270,
  };
  const html = await pageResponse(REQUEST, { ...DOOR, preview }).text();
  const head = html.slice(0, html.indexOf("<style"));
  const tags = [
    ...head.matchAll(/<meta (?:property|name)="(\S+:\S+)" content="([^"]*)">/g),
  ]
    .map(([, name, content]) => [name, content]);
  const title = "&quot;Tom&quot; &amp; &lt;Jerry&gt; $&amp; $NAME";
  const image = "https://example.org/cams/door.gif?finite&amp;token=a";
  assertEquals(Object.fromEntries(tags), {
    "og:type": "website",
    "og:title": title,
    "og:url": "https://example.org/cams/door",
    "og:image": image,
    "og:image:type": "image/gif",
    "og:image:alt": `Live picture: ${title}`,
    "og:image:width": "480",
    "og:image:height": "270",
    "twitter:card": "summary_large_image",
    "twitter:title": title,
    "twitter:image": image,
  });
  const unknown = pageResponse(REQUEST, {
    ...DOOR,
    preview: { ...preview, width: 0 },
  });
  assert(!(await unknown.text()).includes("og:image:width"));
});

Deno.test("pageResponse() of the wall links to all channels without a script", async () => {
  const channels = [
    { name: "door", title: `<b> & "$CHANNELS"` },
    { name: "yard", title: "Yard" },
  ];
  const html = await pageResponse(REQUEST, { name: "", channels }).text();
  const [, list] = html.match(/<ul>(.*)<\/ul>/)!;
  assertEquals(
    list,
    '<li><a href="door">&lt;b&gt; &amp; &quot;$CHANNELS&quot;</a></li>' +
      '<li><a href="yard">Yard</a></li>',
  );
  assertMatch(html, /<body class="wall">/);
  assert(!html.includes("<noscript>"), "there is no one picture to go to");
  const one = await pageResponse(REQUEST, { name: "yard", channels }).text();
  assertMatch(one, /<body class="several">/);
  assertMatch(one, /<noscript><meta http-equiv="refresh" content="0; url=yard/);
});
