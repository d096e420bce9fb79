import { assert, assertEquals, assertMatch } from "@std/assert";
import { testBothServers } from "../../support/http/both_servers.ts";

const BROWSER = { accept: "text/html,image/avif,*/*;q=0.8" };
const TOKEN = "let me/in";

async function ask(address: string, headers: Record<string, string>) {
  const response = await fetch(address, { headers });
  const { status, headers: got } = response;
  return { status, headers: got, text: await response.text() };
}

testBothServers("asks a person for the token by a form", async (base) => {
  const page = await ask(`${base}/cams/`, BROWSER);
  assertEquals(page.status, 401);
  assertMatch(page.headers.get("content-type")!, /^text\/html/);
  assertMatch(page.headers.get("cache-control")!, /no-store/);
  const policy = page.headers.get("content-security-policy")!;
  assertMatch(policy, /form-action 'self'; frame-ancestors 'self'$/);
  assertMatch(page.text, /<form>[\s\S]*<label for="token">Token<\/label>/);
  assert(!/role="alert"|yard/.test(page.text), page.text);
  const wrong = await ask(`${base}/cams/?token=x"><b>`, BROWSER);
  assertEquals(wrong.status, 401);
  assertMatch(wrong.text, /role="alert">That is not the token/);
  assert(!wrong.text.includes("<b>"), wrong.text);
  const query = `?token=${encodeURIComponent(TOKEN)}`;
  const right = await ask(`${base}/cams/${query}`, BROWSER);
  assertEquals(right.status, 200);
  assertMatch(right.text, /data-needs="token"/);
  // Programs, and what a page loads, get a line.
  const line = await ask(`${base}/cams/`, {});
  assertMatch(line.text, /^Only those may watch who send [^<]*\n$/);
  const framed = { ...BROWSER, "sec-fetch-dest": "iframe" };
  const frame = await ask(`${base}/cams/yard/embed`, framed);
  assertEquals(frame.status, 401);
  assert(!frame.text.includes("<form"), frame.text);
  assertMatch(
    frame.headers.get("content-security-policy")!,
    /frame-ancestors \*$/,
  );
}, { viewing: { token: TOKEN }, basePath: "cams", names: ["yard"] });

testBothServers("leads a person from a wrong address", async (base) => {
  const page = await ask(`${base}/cams/no/such.txt`, BROWSER);
  assertEquals(page.status, 404);
  assertMatch(page.text, /<a href="\/cams\/yard">yard<\/a>/);
  assertMatch(page.text, /<a href="\/cams\/">To the live pictures<\/a>/);
  assert(!page.text.includes("openapi"), page.text);
  const line = await ask(`${base}/cams/no/such.txt`, {});
  assertMatch(line.text, /^Nothing is served here.*openapi/);
  const outside = await ask(`${base}/elsewhere`, BROWSER);
  assertEquals(outside.status, 404);
  assertMatch(outside.text, /begins with \/cams\//);
}, { basePath: "cams", names: ["yard"] });

testBothServers("shows the page where a channel may come", async (base) => {
  const page = await ask(`${base}/garden`, BROWSER);
  assertEquals(page.status, 404);
  assertMatch(page.text, /data-channel="garden"/);
  const line = await ask(`${base}/garden`, {});
  assertEquals(line.status, 404);
  assertMatch(line.text, /^There is no channel garden\. What there is: yard/);
}, { names: ["yard"] });
