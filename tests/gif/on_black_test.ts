import { assertEquals } from "@std/assert";
import { onBlack } from "../../src/gif/on_black.ts";

Deno.test("onBlack() rounds to the nearest", () => {
  const levels = Array.from({ length: 256 }, (_, i) => i);
  const rgba = Uint8Array.from(
    levels.flatMap((color) =>
      levels.flatMap((alpha) => [color, color, 255 - color, alpha])
    ),
  );
  const rgb = onBlack(rgba, 256 * 256);
  const expected = levels.flatMap((color) =>
    levels.flatMap((alpha) =>
      [color, color, 255 - color].map((each) => Math.round(each * alpha / 255))
    )
  );
  assertEquals([...rgb], expected);
});
