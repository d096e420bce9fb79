import { assertEquals, assertThrows } from "@std/assert";
import { Hosts } from "../../../src/http/access/hosts.ts";
import { HttpError } from "../../../src/http/answer/http_error.ts";

const PLACE = { basePath: "", trustProxy: false };

function called(host: string): Request {
  return new Request("http://localhost/", { headers: { host } });
}

Deno.test("Hosts knows addresses, local names, and those allowed", () => {
  const hosts = new Hosts(["Cams.example.org", "*.cams.example"]);
  const knows = (host: string) => hosts.knows(called(host), PLACE);
  for (
    const host of [
      ...["127.0.0.1", "127.0.0.1:8080", "[::1]:80", "localhost:8080"],
      ...["cam", "CAM.local", "a.b.localhost", "cam.home.arpa"],
      ...["cams.example.org", "cams.example.org.", "CAMS.example.org:99"],
      ...["a.cams.example", "a.b.cams.example"],
    ]
  ) {
    assertEquals(knows(host), true, host);
  }
  for (
    const host of [
      ...["evil.example", "a.cams.example.org", "cams.example"],
      ...["cams.example.org.evil.example", "127.0.0.1.nip.io", "local.evil"],
    ]
  ) {
    assertEquals(knows(host), false, host);
  }
});

Deno.test("Hosts refuses other names only if some are allowed", () => {
  new Hosts([]).check(called("evil.example"), PLACE);
  const hosts = new Hosts(["cams.example.org"]);
  hosts.check(called("cams.example.org"), PLACE);
  const error = assertThrows(
    () => hosts.check(called("evil.example"), PLACE),
    HttpError,
  );
  assertEquals(error.status, 421);
  for (const bad of ["", "http://a", "a:80", "*", "a.*", "a b"]) {
    assertThrows(() => new Hosts([bad]), RangeError, "expected a name");
  }
});
