import { assertEquals } from "@std/assert";
import { RESERVED_NAMES } from "../../../src/channel/channel_name.ts";
import { ADDRESSES } from "../../../src/http/routing/routes.ts";

Deno.test("RESERVED_NAMES are what addresses without a name begin with", () => {
  const words = ADDRESSES.filter(({ path }) => !path.startsWith("/NAME"))
    .map(({ path }) => path.match(/^\/([A-Za-z0-9_-]*)/)![1])
    // A channel may be called so, and is meant then.
    .filter((word) => word !== "" && word !== "live");
  assertEquals([...new Set(words)].toSorted(), RESERVED_NAMES.toSorted());
});
