import { assert, assertEquals } from "@std/assert";
import { Denoiser } from "../../../src/gif/encoder/denoiser.ts";
import { random } from "../../support/gif/pictures.ts";

const WIDTH = 96, HEIGHT = 72;
const LENGTH = WIDTH * HEIGHT * 3;

Deno.test("Denoiser finds the noise of a camera", () => {
  const denoiser = new Denoiser(WIDTH, HEIGHT);
  const next = random(4);
  for (let time = 0; time < 12; time++) {
    denoiser.filter(
      Uint8Array.from(
        { length: LENGTH },
        () => 100 + Math.round(5 * (next() + next() + next() - 1.5)),
      ),
    );
  }
  assert(denoiser.foundNoise);
});

Deno.test("Denoiser takes no slow fade for noise", () => {
  const denoiser = new Denoiser(WIDTH, HEIGHT);
  const next = random(4);
  const begun = Array.from({ length: LENGTH }, () => next() * 250);
  for (let time = 0; time < 12; time++) {
    const picture = Uint8Array.from(begun, (value, i) => {
      const speed = 2 + i % 3 * 2;
      return Math.max(0, value - time * speed);
    });
    assertEquals(denoiser.filter(picture), picture);
    assert(!denoiser.foundNoise);
  }
});
