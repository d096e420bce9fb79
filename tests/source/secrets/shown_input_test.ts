import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  isAlmostAddress,
  shownInput,
  withShownAddresses,
} from "../../../src/source/secrets/shown_input.ts";

Deno.test("shownInput() leaves out of an address what may be a secret", () => {
  const cases: Record<string, string> = {
    "rtsp://me:secret@cam:554/1": "rtsp://cam:554/1",
    "rtsp://me@cam": "rtsp://cam",
    "rtsp://me:se@cret@cam/": "rtsp://cam/",
    "rtsp://me:se/cret@cam/1": "rtsp://...",
    "rtsp://me:se?cret@cam/1": "rtsp://...",
    "rtsp://me:se#cret@cam/1": "rtsp://...",
    "rtsp://me:se@c/ret@cam/1": "rtsp://...",
    "rtsp://me:12/34@cam/1": "rtsp://...",
    "rtsp://me%3Asecret%40cam/1": "rtsp://...",
    "rtsp://me:s%2Fec%40ret@cam/1": "rtsp://cam/1",
    "RTSP://Me:Secret@[fe80::1%25eth0]:554/1": "RTSP://[fe80::1%25eth0]:554/1",
    "http://cam/snap.cgi?user=me&pwd=secret": "http://cam/...",
    "http://cam?token=secret": "http://cam",
    "http://cam/?token=secret": "http://cam/",
    "http://cam/a.jpg#secret": "http://cam/a.jpg",
    // A name that holds an @, but of a camera that is known by its number.
    "http://10.0.0.5:80/snap.cgi?user=me@home&pwd=secret":
      "http://10.0.0.5:80/...",
    "rtsp://cam:554/user=admin&password=&channel=1&stream=0.sdp?real_stream":
      "rtsp://cam:554/...",
    "rtsp://cam/user=admin_password=secret_channel=1_stream=0.sdp":
      "rtsp://cam/...",
    "http://tv:80/live/me/secret/123.ts": "http://tv:80/...",
    "rtmp://host/app/streamkey": "rtmp://host/...",
    "rtmp://host/app/key.mp4": "rtmp://host/...",
    "rtmps://host/app/123": "rtmps://host/...",
    "rtmp://host/app/x playpath=secret live=1": "rtmp://host/...",
    "srt://host:9000?passphrase=secret": "srt://host:9000",
    "srt://:9000?mode=listener&passphrase=secret": "srt://:9000",
    "udp://@239.0.0.1:1234": "udp://239.0.0.1:1234",
    "rtsp://nvr/Streaming/Channels/101": "rtsp://nvr/.../101",
    "rtsp://nvr/live/1234": "rtsp://nvr/...",
    "https://host/films/night%20sky.mp4?sig=x":
      "https://host/.../night sky.mp4",
    "https://host/d41d8cd98f00b204.mp4": "https://host/...",
    "rtsp:me:secret@cam": "rtsp:...",
    "rtsp:/me:secret@cam": "rtsp:...",
    "me:se/cret@cam/1": "...",
    "//me:secret@cam/1": "...",
    " rtsp://me:secret@cam": "...",
    "rtsp%3A%2F%2Fme%3Asecret%40cam": "...",
    "cache:http://me:secret@cam/": "...",
    "10.0.0.5/snap.cgi?user=me&pwd=secret": "...",
    "lavfi:movie=rtsp\\\\://me\\\\:secret@cam": "lavfi:movie...",
    "lavfi:[a]movie='rtsp://me:secret@cam'": "lavfi:...",
  };
  for (const [input, shown] of Object.entries(cases)) {
    assertEquals(shownInput(input), shown, input);
  }
});

Deno.test("shownInput() shows what is no address as it is", () => {
  for (
    const input of [
      ...["test:", "-", "ingest:", "./cams/*", "in%d.gif", "concat:a|b"],
      ...["./a:b@c?d=e", "/a:b@c?d=e", "../a:b@c", "C:\\a@b:c@d", "me@home"],
      ...["10.0.0.5", "v1.2.3.4", "a=b", "film 10:30.mp4", "what?.gif", "R&D"],
      ...["/dev/video0", "v4l2:/dev/video0", "x11grab::0.0"],
      ...["lavfi:testsrc2=s=320x200:d=60", "rtsp://cam", "rtsp://cam:554/1"],
    ]
  ) {
    assertEquals(shownInput(input), input);
    assertEquals(isAlmostAddress(input), false);
  }
});

Deno.test("shownInput() shows nothing of user, password and query", () => {
  // No part of a host below, and none of what stands for the rest.
  const secret = fc.string({
    unit: fc.constantFrom(..."KQXkqx789:/?#@&=%+ '\"\\;,[]é\n"),
    minLength: 3,
    maxLength: 20,
  });
  fc.assert(
    fc.property(secret, secret, secret, (user, password, query) => {
      for (
        const address of [
          `rtsp://${user}:${password}@cam.test:554/1?${query}`,
          `rtsp://${encodeURIComponent(user)}:${
            encodeURIComponent(password)
          }@cam.test/1?${query}`,
          `http://cam.test/user=${user}&pwd=${password}?${query}`,
          `rtsp:${user}:${password}@cam.test`,
          `me!${user}:${password}@cam.test/?x=${query}`,
        ]
      ) {
        const shown = shownInput(address);
        assertEquals(/[KQXkqx]|789/.test(shown), false, `${address}: ${shown}`);
      }
    }),
    { numRuns: 2000 },
  );
});

Deno.test("isAlmostAddress() knows mistyped addresses from paths", () => {
  for (
    const input of [
      ...["rtsp:me:pw@cam", "HTTP:cam", "rtsp:/cam/1", "me:pw@cam/1"],
      ...["cam/snap.cgi?user=me", "a&password=b", "hls+x:\\\\cam"],
      ...["10.0.0.5/1?secret", "10.0.0.5:80", "cam:554/1", "cam:554\\1"],
      ...["cam/user=me_password=secret", "me_pwd=x", "cam/Token=x"],
    ]
  ) assertEquals(isAlmostAddress(input), true, input);
});

Deno.test("withShownAddresses() finds addresses in a text", () => {
  const cases = [
    ["rtsp://me:secret@host/1: refused", "rtsp://host/1: refused"],
    ["a http://me@b/ and rtmp://x:y@z@c:1/", "a http://b/ and rtmp://c:1/"],
    ["'tcp://h:1?timeout=0', (http://h/x?y=z)", "'tcp://h:1', (http://h/...)"],
    ["http://host/a@b, me@home", "http://..., me@home"],
    ["[tcp] to tcp://[::1]:5?x failed", "[tcp] to tcp://[::1]:5 failed"],
  ];
  for (const [text, safe] of cases) {
    assertEquals(withShownAddresses(text), safe);
  }
});
