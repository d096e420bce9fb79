import { withResolvers } from "../system/with_resolvers.ts";
import { JpegChecker } from "../image/jpeg_checker.ts";
import type { EncodedPicture, FolderFrame } from "./file_frame.ts";
import type { JpegTaker } from "./frame_source.ts";

/** A pause in the pictures: the next one must not build on those before it. */
export interface Pause {
  pause: true;
}

/** A frame of a folder on its way to the encoder. */
export type RunFrame =
  | EncodedPicture
  | Exclude<FolderFrame, EncodedPicture>
  | Pause;

/** The next arrival. */
type Arrival = IteratorResult<FolderFrame, void> | "switched";

/**
 * Hands JPEGs on as they come. The encoder gets them only while the GIF is
 * needed, beginning with the newest one when it becomes needed.
 *
 * @param frames The frames.
 * @param taker Takes the JPEGs.
 * @param onError Called for a JPEG that cannot be read.
 */
export async function* handOnJpegs(
  frames: AsyncIterable<FolderFrame>,
  { take, gif }: JpegTaker,
  onError: (name: string | undefined, error: unknown) => void,
): AsyncGenerator<RunFrame, void> {
  const checker = new JpegChecker();
  const iterator = frames[Symbol.asyncIterator]();
  let wake = (_: Arrival) => {};
  const unfollow = gif.follow(() => wake("switched"));
  let newest: EncodedPicture | undefined;
  try {
    let next = iterator.next();
    for (;;) {
      const arrival = withResolvers<Arrival>();
      wake = arrival.resolve;
      next.then(arrival.resolve, arrival.reject);
      const found = await arrival.promise;
      if (found === "switched") {
        if (!gif.needed) yield { pause: true };
        else if (newest !== undefined) yield newest;
        continue;
      }
      if (found.done) return;
      const frame = found.value;
      next = iterator.next();
      // It is awaited later; until then it must not count as unhandled.
      next.catch(() => {});
      newest = undefined;
      if (!("picture" in frame) || frame.picture.format !== "JPEG") {
        yield frame;
        continue;
      }
      const { picture: { bytes }, name, timestampMilliseconds, standsIn } =
        frame;
      try {
        const checked = checker.check(bytes);
        if (checked === undefined) {
          yield frame;
          continue;
        }
        newest = { ...frame, handedOn: true };
        const about = { name, timestampMilliseconds, standsIn, ...checked };
        take({ jpeg: bytes.slice(), asItCame: true, ...about });
      } catch (error) {
        onError(name, error);
        continue;
      }
      if (gif.needed) yield newest;
    }
  } finally {
    unfollow();
    await iterator.return?.();
  }
}
