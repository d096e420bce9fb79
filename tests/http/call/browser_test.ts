import { assertEquals } from "@std/assert";
import {
  needsNextHead,
  waitsForWholeGif,
  wantsPage,
} from "../../../src/http/call/browser.ts";

const CHROMIUM = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 " +
  "(KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
const SAFARI = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) " +
  "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15";

/** `User-Agent` of programs, and if they show a GIF only as a whole. */
const AGENTS: Record<string, { agent: string; waits: boolean }> = {
  Chromium: { agent: CHROMIUM, waits: false },
  Edge: { agent: `${CHROMIUM} Edg/156.0.0.0`, waits: false },
  QtWebEngine: {
    agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like " +
      "Gecko) QtWebEngine/5.15.2 Chrome/87.0.4280.144 Safari/537.36",
    waits: false,
  },
  Firefox: {
    agent: "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 " +
      "Firefox/153.0",
    waits: false,
  },
  Safari: { agent: SAFARI, waits: true },
  "Chrome of iOS": {
    agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) " +
      "AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0.7339.39 " +
      "Mobile/15E148 Safari/604.1",
    waits: true,
  },
  "Firefox of iOS": {
    agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 15_5 like Mac OS X) " +
      "AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/142.0 Mobile/15E148 " +
      "Safari/605.1.15",
    waits: true,
  },
  "an app of iOS": {
    agent: "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) " +
      "AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    waits: true,
  },
  WebKitGTK: {
    agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, " +
      "like Gecko) Version/26.0 Safari/605.1.15",
    waits: true,
  },
  curl: { agent: "curl/8.14.1", waits: false },
  ffmpeg: { agent: "Lavf/59.27.100", waits: false },
};

function request(headers: Record<string, string>): Request {
  return new Request("http://localhost/", { headers });
}

for (const [name, { agent, waits }] of Object.entries(AGENTS)) {
  Deno.test(`waitsForWholeGif() is ${waits} for ${name}`, () => {
    assertEquals(waitsForWholeGif(request({ "user-agent": agent })), waits);
  });
}

Deno.test("needsNextHead() is true for what is shown, not for what is read", () => {
  const cases: [headers: Record<string, string>, needed: boolean][] = [
    // To the own machine, and over HTTPS.
    [{ "sec-fetch-dest": "image", accept: "image/webp,*/*;q=0.8" }, true],
    [{ "sec-fetch-dest": "document", accept: "text/html,*/*;q=0.8" }, true],
    [{ "sec-fetch-dest": "empty", accept: "*/*" }, false],
    // Over plain HTTP.
    [{ accept: "image/avif,image/webp,image/apng,*/*;q=0.8" }, true],
    [{ accept: "text/html,application/xhtml+xml,*/*;q=0.8" }, true],
    [{ accept: "*/*" }, false],
  ];
  for (const agent of [CHROMIUM, SAFARI]) {
    for (const [headers, needed] of cases) {
      const asked = request({ ...headers, "user-agent": agent });
      assertEquals(needsNextHead(asked), needed, JSON.stringify(headers));
    }
  }
  const { agent } = AGENTS.Firefox;
  const headers = { "sec-fetch-dest": "image", "user-agent": agent };
  assertEquals(needsNextHead(request(headers)), false);
});

Deno.test("wantsPage() tells navigation from pictures and programs", () => {
  const cases: [headers: Record<string, string>, page: boolean][] = [
    [{ accept: "text/html,*/*;q=0.8", "user-agent": CHROMIUM }, true],
    [{ accept: "image/webp,image/*,*/*;q=0.8", "user-agent": SAFARI }, false],
    [{ accept: "*/*", "sec-fetch-dest": "document" }, true],
    [{ accept: "*/*", "sec-fetch-dest": "iframe" }, true],
    [{ accept: "*/*", "sec-fetch-dest": "image" }, false],
    [{ accept: "*/*", "sec-fetch-dest": "empty" }, false],
    [{ accept: "text/html", "sec-fetch-dest": "image" }, false],
    [{ accept: "*/*", "user-agent": "NetSurf/3.10 (Linux)" }, true],
    [{ accept: "*/*", "user-agent": "Links (2.28; Linux; text)" }, true],
    [{ "user-agent": "Links (2.28; Linux; x)" }, true],
    [{ accept: "image/*", "user-agent": "NetSurf/3.10 (Linux)" }, false],
    [{ accept: "*/*", "user-agent": "curl/8.14.1" }, false],
    [{ accept: "*/*", "user-agent": "Lavf/59.27.100" }, false],
    [{}, false],
  ];
  for (const [headers, page] of cases) {
    assertEquals(wantsPage(request(headers)), page, JSON.stringify(headers));
  }
});
