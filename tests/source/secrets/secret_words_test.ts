import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { SecretWords } from "../../../src/source/secrets/secret_words.ts";

Deno.test("SecretWords.hideAll() finds every part of an address", () => {
  const address =
    "rtsp://root:hunt%40er2@cam:554/user=boss_password=tlJ_ch=1/main?pwd=x%2Fyz9";
  const secrets = new SecretWords([address]);
  const cases: Record<string, string> = {
    [`${address}: refused`]: "rtsp://cam:554/...: refused",
    [`Did you mean file:${address}?`]: "Did you mean file:rtsp://cam:554/...?",
    [decodeURIComponent(address)]: "rtsp://cam:554/...",
    "Failed to open 'hunt@er2@cam'": "Failed to open '***cam'",
    "ROOT, hunt%40ER2 and tlJ": "***, *** and ***",
    "no boss here": "no *** here",
    "x/yz9 x%2fyz9": "*** ***",
    "GET /user=boss_password=tlJ_ch=1/main": "GET /user=***",
    "cut: boss_password=tlJ_c": "cut: ***",
    "Server returned 401 Unauthorized (authorization failed)":
      "Server returned 401 Unauthorized (authorization failed)",
    "Connection to tcp://cam:554?timeout=0 failed":
      "Connection to tcp://cam:554 failed",
  };
  for (const [text, safe] of Object.entries(cases)) {
    assertEquals(secrets.hideAll(text), safe);
  }
  const basic = btoa("root:hunt@er2");
  assertEquals(secrets.hideAll(`Basic ${basic}`), "Basic ***");
});

Deno.test("SecretWords.hideAll() hides what strangers' addresses have", () => {
  const secrets = new SecretWords([]);
  const cases: Record<string, string> = {
    "moved to http://a:b@host/c/d?e=f": "moved to http://host/...",
    "Authorization: Basic abc def": "Authorization: ***",
    "x: Set-Cookie: sid=1; path=/": "x: Set-Cookie: ***",
    "GET /a?token=abc&b=c HTTP/1.1": "GET /a?token=***&b=c HTTP/1.1",
    "password=abc": "password=***",
  };
  for (const [text, safe] of Object.entries(cases)) {
    assertEquals(secrets.hideAll(text), safe);
  }
});

Deno.test("SecretWords.hideAll() hides arguments that may be secrets", () => {
  const secrets = new SecretWords([], [
    ...["-headers", '"Authorization:', "Basic", 'dXNlcjpwdw=="'],
    ...["-rtsp_transport", "tcp", "-ss", "00:01:00", "-password", "pw"],
    ...["-http_proxy", "http://me:secret@proxy:3128", "-thing", "a1b2c3d4e5"],
  ]);
  const cases: Record<string, string> = {
    "Unable to find a format for 'dXNlcjpwdw==\"'":
      "Unable to find a format for '***\"'",
    "tcp 00:01:00 pw pwd": "tcp 00:01:00 *** pwd",
    "proxy http://me:secret@proxy:3128 a1b2c3d4e5":
      "proxy http://proxy:3128 ***",
    "-headers -password": "-headers -password",
  };
  for (const [text, safe] of Object.entries(cases)) {
    assertEquals(secrets.hideAll(text), safe);
  }
});

Deno.test("SecretWords.hide() finds whole inputs, and leaves our words alone", () => {
  const secrets = new SecretWords([
    "rtsp://admin:camera@host/stream?channel=1",
    "rtsp:me:pw@host",
    "rtsp://me:p/w@127.0.0.1:8080/",
    // What options are given.
    ...["127.0.0.1", "::1", "8080", "http://localhost:3000", "/cams"],
  ]);
  const cases: Record<string, string> = {
    "stat 'rtsp://admin:camera@host/stream?channel=1'":
      "stat 'rtsp://host/...'",
    "stat 'rtsp:me:pw@host'": "stat 'rtsp:...'",
    "admin:camera@": "***",
    "stat '?channel=1'": "stat '***'",
    "Watch at http://127.0.0.1:8080/": "Watch at http://127.0.0.1:8080/",
    "camera: the stream of channel 1 is on air":
      "camera: the stream of channel 1 is on air",
    "Watch at http://localhost:8080/cams/":
      "Watch at http://localhost:8080/cams/",
  };
  for (const [text, safe] of Object.entries(cases)) {
    assertEquals(secrets.hide(text), safe);
  }
});

Deno.test("SecretWords.hideAll() leaves nothing of a secret, however it is written", () => {
  const secret = fc.string({
    unit: fc.constantFrom(..."KQXkqx789:/?#@&=%+ '\"\\;,[]é\u{1f600}"),
    minLength: 1,
    maxLength: 30,
  }).map((text) => `Jx78KQ${text}KQ87xJ`);
  const writings: ((text: string) => string)[] = [
    (text) => text,
    encodeURIComponent,
    encodeURI,
    (text) => text.replace(/[:'\\]/g, "\\$&"),
    (text) => text.toUpperCase(),
    (text) => text.slice(0, -3),
    (text) => text.slice(3),
  ];
  const telling = (text: string) => /[Jj][Xx]|[Xx][Jj]/.test(text);
  fc.assert(
    fc.property(
      ...[secret, secret, secret],
      fc.constantFrom(...writings),
      (user, password, query, write) => {
        const encoded = encodeURIComponent;
        for (
          const [address, parts] of [
            [`rtsp://${user}:${password}@cam/1?${query}`, [user, password]],
            [
              `rtsp://${encoded(user)}:${encoded(password)}@cam/1?k=${
                encoded(query)
              }`,
              [user, password, query],
            ],
            [`http://cam/a?user=${encoded(user)}&pwd=${encoded(password)}`, [
              user,
              password,
            ]],
            [`lavfi:movie=rtsp\\\\://${encoded(user)}\\\\:${query}@cam`, [
              query,
            ]],
          ] as const
        ) {
          const secrets = new SecretWords([address]);
          for (const part of [address, ...parts]) {
            const text = secrets.hideAll(`[rtsp] ${write(part)}: failed`);
            assert(!telling(text), `${write(part)} of ${address}: ${text}`);
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});
