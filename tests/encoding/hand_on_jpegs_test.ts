import { assertEquals, assertStrictEquals } from "@std/assert";
import { delay } from "@std/async/delay";
import type { FolderFrame } from "../../src/encoding/file_frame.ts";
import type { SourceJpeg } from "../../src/encoding/frame_source.ts";
import { FormNeed } from "../../src/encoding/form_need.ts";
import {
  handOnJpegs,
  type RunFrame,
} from "../../src/encoding/hand_on_jpegs.ts";
import { colorFrame } from "../support/gif/color_frame.ts";
import { plainJpeg } from "../support/image/jpeg_files.ts";

/** Frames that a test gives, and what became of them. */
class Handing {
  readonly gif = new FormNeed();
  readonly taken: SourceJpeg[] = [];
  readonly errors: (string | undefined)[] = [];
  readonly encoded: string[] = [];
  readonly #frames: FolderFrame[] = [];
  #wake = () => {};
  #ended = false;
  readonly #done: Promise<void>;

  constructor() {
    const taker = {
      take: (jpeg: SourceJpeg) => void this.taken.push(jpeg),
      gif: this.gif,
    };
    const onError = (name: string | undefined) => this.errors.push(name);
    this.#done = this.#run(handOnJpegs(this.#source(), taker, onError));
  }

  async *#source(): AsyncGenerator<FolderFrame, void> {
    for (;;) {
      const frame = this.#frames.shift();
      if (frame !== undefined) yield frame;
      else if (this.#ended) return;
      else await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }

  async #run(frames: AsyncIterable<RunFrame>): Promise<void> {
    for await (const frame of frames) {
      if ("pause" in frame) this.encoded.push("pause");
      else if ("frame" in frame) this.encoded.push("gif");
      else this.encoded.push(`${frame.name} ${frame.handedOn ?? false}`);
    }
  }

  async give(frame: FolderFrame): Promise<void> {
    this.#frames.push(frame);
    this.#wake();
    await delay(1);
  }

  async jpeg(name: string, bytes = plainJpeg(16, 8, [9, 9, 9])): Promise<void> {
    const picture = { format: "JPEG", bytes } as const;
    await this.give({ picture, name, timestampMilliseconds: 7 });
  }

  async end(): Promise<void> {
    this.#ended = true;
    this.#wake();
    await this.#done;
  }
}

Deno.test("handOnJpegs() encodes only while the GIF is needed", async () => {
  const handing = new Handing(), { gif } = handing;
  await handing.jpeg("1");
  await handing.jpeg("2");
  assertEquals(handing.encoded, []);
  gif.set(true);
  await delay(1);
  // The newest one at once: the first viewer does not wait for the next.
  assertEquals(handing.encoded, ["2 true"]);
  await handing.jpeg("3");
  gif.set(false);
  await delay(1);
  await handing.jpeg("4");
  assertEquals(handing.encoded, ["2 true", "3 true", "pause"]);
  assertEquals(handing.taken.map(({ name }) => name), ["1", "2", "3", "4"]);
  assertEquals(handing.taken[0].size, { width: 16, height: 8 });
  assertEquals(handing.taken[0].jpeg, plainJpeg(16, 8, [9, 9, 9]));
  await handing.end();
});

Deno.test("handOnJpegs() lets GIF frames and PNG files through", async () => {
  const handing = new Handing();
  await handing.jpeg("1");
  const frame = colorFrame(4, 3, [1, 2, 3]);
  await handing.give({ frame, timestampMilliseconds: 0 });
  const picture = { format: "PNG", bytes: new Uint8Array(9) } as const;
  await handing.give({ picture, name: "2", timestampMilliseconds: 0 });
  assertEquals(handing.encoded, ["gif", "2 false"]);
  // The JPEG is not what viewers see any more.
  handing.gif.set(true);
  await delay(1);
  assertEquals(handing.encoded, ["gif", "2 false"]);
  await handing.end();
});

Deno.test("handOnJpegs() refuses what is no JPEG, tells of damages, and goes on", async () => {
  const handing = new Handing();
  const whole = plainJpeg(16, 8, [9, 9, 9]);
  await handing.jpeg("head", whole.slice(0, 30));
  await handing.jpeg("no end", whole.slice(0, -2));
  await handing.jpeg("cut", whole.slice(0, -5));
  await handing.jpeg("whole", whole);
  assertEquals(handing.errors, ["head"]);
  assertEquals(
    handing.taken.map(({ damage }) => damage !== undefined),
    [false, true, false],
  );
  assertStrictEquals(handing.taken[0].timestampMilliseconds, 7);
  await handing.end();
});
