import { assertEquals } from "@std/assert";
import { KeptSource } from "../../src/channel/kept_source.ts";

Deno.test("KeptSource forgets why there was no picture when one comes", () => {
  const source = new KeptSource();
  source.set({ state: "waiting", message: "no file yet" });
  assertEquals(source.status.message, "no file yet");
  source.pictureCame();
  assertEquals([source.status.state, source.status.message], ["live", null]);
});

Deno.test("KeptSource tells a mistake of a live source for a minute", () => {
  let now = 0;
  const source = new KeptSource(() => now);
  source.set({ state: "live", message: "1.gif is no GIF" });
  now = 60_000;
  source.pictureCame();
  assertEquals(source.status.message, "1.gif is no GIF");
  now = 60_001;
  assertEquals(source.status.message, null);
});

Deno.test("KeptSource keeps what is wrong with a source that is away", () => {
  let now = 0;
  const source = new KeptSource(() => now);
  source.set({ state: "no signal", message: "refused" });
  now = 3_600_000;
  assertEquals(source.status.message, "refused");
});

Deno.test("KeptSource counts down to the next try", () => {
  let now = 0;
  const source = new KeptSource(() => now);
  assertEquals(source.retryMilliseconds, null);
  source.set({ state: "no signal", retryMilliseconds: 8000 });
  now = 5000;
  assertEquals(source.retryMilliseconds, 3000);
  source.set({ state: "live" });
  assertEquals(source.retryMilliseconds, null);
  source.set({ state: "no signal" });
  now = 8001;
  assertEquals(source.retryMilliseconds, null);
});
