import { assertEquals } from "@std/assert";
import {
  isSecure,
  publicAddress,
} from "../../../src/http/access/public_address.ts";

const FORWARDED = {
  host: "127.0.0.1:8080",
  "x-forwarded-proto": "https, http",
  "x-forwarded-host": "example.org:8443",
  "x-forwarded-prefix": "/outer/",
};

function request(
  headers: Record<string, string>,
  url = "http://localhost/",
): Request {
  return new Request(url, { headers });
}

Deno.test("publicAddress() believes a proxy only if told to", () => {
  const asked = request(FORWARDED);
  const trusted = { basePath: "/cams", trustProxy: true };
  const untrusted = { basePath: "/cams", trustProxy: false };
  assertEquals(
    publicAddress(asked, trusted),
    "https://example.org:8443/outer/cams",
  );
  assertEquals(publicAddress(asked, untrusted), "http://127.0.0.1:8080/cams");
  assertEquals(isSecure(asked, trusted), true);
  assertEquals(isSecure(asked, untrusted), false);
});

Deno.test("publicAddress() passes over what is no part of an address", () => {
  const place = { basePath: "", trustProxy: true };
  const asked = request({
    host: "[::1]:80",
    "x-forwarded-proto": "javascript",
    "x-forwarded-host": 'evil"><script>',
    "x-forwarded-prefix": "//evil.example/",
  });
  assertEquals(publicAddress(asked, place), "http://[::1]:80");
  assertEquals(
    publicAddress(request({ host: "a/b" }), place),
    "http://localhost",
  );
});

Deno.test("publicAddress() takes the address of a request without a host", () => {
  const place = { basePath: "", trustProxy: false };
  const asked = request({}, "https://example.org/live.gif");
  assertEquals(publicAddress(asked, place), "https://example.org");
  const unix = request({}, "http+unix://%2Ftmp%2Fsocket/live.gif");
  assertEquals(publicAddress(unix, place), "http://localhost");
});
