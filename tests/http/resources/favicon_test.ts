import { assertEquals } from "@std/assert";
import { testBothServers } from "../../support/http/both_servers.ts";

testBothServers(
  "has an empty icon that may be kept for a day",
  async (base) => {
    const { status, headers, body } = await fetch(`${base}/favicon.ico`);
    await body?.cancel();
    assertEquals(status, 200);
    assertEquals(headers.get("cache-control"), "max-age=86400");
  },
);
