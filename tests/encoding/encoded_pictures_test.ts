import { assertEquals, assertRejects } from "@std/assert";
import { EncodedPictures } from "../../src/encoding/encoded_pictures.ts";
import type { FolderPicture } from "../../src/encoding/file_frame.ts";
import { NewestQueue } from "../../src/encoding/newest_queue.ts";
import { PictureDecoder } from "../../src/image/picture_decoder.ts";
import { plainJpeg } from "../support/image/jpeg_files.ts";
import { failingWorkers } from "../support/program/failing_workers.ts";

/** A plain picture; without a gray, a damaged one. */
function picture(name: string, gray?: number): FolderPicture {
  const bytes = gray === undefined
    ? Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)
    : new Uint8Array(plainJpeg(8, 8, [gray, gray, gray]));
  const file = { format: "JPEG" as const, bytes };
  return { picture: file, name, timestampMilliseconds: 5 };
}

function queueOf(...pictures: FolderPicture[]): NewestQueue<FolderPicture> {
  const queue = new NewestQueue<FolderPicture>({ maxItems: 9 });
  for (const it of pictures) queue.push(it);
  return queue;
}

Deno.test("EncodedPictures encodes what can be decoded, and tells of both", async () => {
  const told: string[] = [];
  using decoder = new PictureDecoder();
  const good = picture("good.jpg", 50);
  const queue = queueOf(picture("bad.jpg"), good, picture("next.jpg", 200));
  queue.end();
  const frames = new EncodedPictures(queue, {
    decoder,
    size: {},
    encoding: {},
    onDecoded: ({ name }) => told.push(`decoded ${name}`),
    onError: ({ name }) => told.push(`refused ${name}`),
    onLeave: () => told.push("left"),
  });
  const seen = await Array.fromAsync(frames);
  assertEquals(seen.map(({ name }) => name), ["good.jpg", "next.jpg"]);
  assertEquals(seen[0].jpeg, good.picture.bytes);
  assertEquals(
    told,
    ["refused bad.jpg", "decoded good.jpg", "decoded next.jpg"],
  );
});

Deno.test("EncodedPictures keeps no file that viewers see at another size", async () => {
  using decoder = new PictureDecoder({ width: 4 });
  const queue = queueOf(picture("1.jpg", 50));
  queue.end();
  const [{ screen, jpeg }] = await Array.fromAsync(
    new EncodedPictures(queue, {
      decoder,
      size: { width: 4 },
      encoding: {},
      onError: (_, error) => {
        throw error;
      },
      onLeave: () => {},
    }),
  );
  assertEquals([screen.width, jpeg], [4, undefined]);
});

Deno.test("EncodedPictures has the pictures end when the encoder is given up", async () => {
  using decoder = new PictureDecoder();
  const pictures = [1, 2, 3].map((n) => picture(`${n}.jpg`, 50 * n));
  const queue = queueOf(...pictures);
  await decoder.decode(pictures[0].picture.bytes);
  using _failing = failingWorkers(3);
  const frames = new EncodedPictures(queue, {
    decoder,
    size: {},
    encoding: {},
    onError: (_, error) => {
      throw error;
    },
    // No other picture comes, and nobody waits for one.
    onLeave: () => queue.close(),
  });
  await assertRejects(() => Array.fromAsync(frames), Error, "to fail");
});
