import { delay } from "@std/async/delay";
import { join } from "@std/path";

/** What the program plays, in a folder that is removed with it. */
export interface Sources extends AsyncDisposable {
  /** Inputs of the command line. */
  inputs: string[];
  /** Writes and sends frames until the signal. */
  run(address: string, signal: AbortSignal): Promise<void>;
}

/** The token of those who send frames. */
export const TOKEN = "soak";

const PICTURES = 40;
const ROOMS = 6;

/** Makes pictures and a film with ffmpeg. */
export async function makeSources(): Promise<Sources> {
  const root = await Deno.makeTempDir({ prefix: "gifstream-soak-" });
  const path = (name: string) => join(root, name);
  await Promise.all(
    ["made", "yard", "rooms"].map((name) => Deno.mkdir(path(name))),
  );
  const source = ["-f", "lavfi", "-i", "testsrc=size=320x240:rate=10"];
  await ffmpeg([...source, "-frames:v", `${PICTURES}`, path("made/%d.jpg")]);
  await ffmpeg([...source, "-t", "5", "-c:v", "mpeg4", path("film.mkv")]);
  const pictures = await Promise.all(
    Array.from(
      { length: PICTURES },
      (_, i) => Deno.readFile(path(`made/${i + 1}.jpg`)),
    ),
  );
  return {
    inputs: [
      `yard=${path("yard")}`,
      path("rooms"),
      `film=${path("film.mkv")}`,
      "pattern=test:",
    ],
    run: async (address, signal) => {
      await Promise.all([
        fillFolder(path("yard"), pictures, signal),
        fillRooms(path("rooms"), pictures, signal),
        send(address, pictures, signal),
      ]);
    },
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

async function ffmpeg(args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("ffmpeg", {
    args: ["-v", "error", "-y", ...args],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** Adds a file ten times a second; the program removes them. */
async function fillFolder(
  folder: string,
  pictures: readonly Uint8Array[],
  signal: AbortSignal,
): Promise<void> {
  for (let i = 0; !signal.aborted; i++) {
    const picture = pictures[i % pictures.length];
    // Some are cut off, as by a full disk.
    const bytes = i % 50 === 49 ? picture.subarray(0, 500) : picture;
    await Deno.writeFile(join(folder, `${i}.part`), bytes);
    await Deno.rename(join(folder, `${i}.part`), join(folder, `${i}.jpg`));
    await rest(100, signal);
  }
}

/** Channels that come and go. */
async function fillRooms(
  folder: string,
  pictures: readonly Uint8Array[],
  signal: AbortSignal,
): Promise<void> {
  for (let i = 0; !signal.aborted; i++) {
    const room = join(folder, `room${i % ROOMS}`);
    await Deno.mkdir(room, { recursive: true });
    for (let k = 0; k < 10 && !signal.aborted; k++) {
      const picture = pictures[(i + k) % pictures.length];
      await Deno.writeFile(join(room, `${k}.jpg`), picture);
      await rest(200, signal);
    }
    if (i % 3 === 2) await Deno.remove(room, { recursive: true });
  }
}

/** Sends pictures one by one, and many in one body that is given up. */
async function send(
  address: string,
  pictures: readonly Uint8Array[],
  signal: AbortSignal,
): Promise<void> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  for (let i = 0; !signal.aborted; i++) {
    const isStream = i % 10 === 9;
    const body = isStream
      ? ReadableStream.from(pictures.slice(0, 5).map((it) => it.slice()))
      : pictures[i % pictures.length].slice();
    try {
      const url = `${address}/door/frames`;
      const response = await fetch(url, {
        method: "POST",
        headers,
        body,
        signal,
      });
      await response.body?.cancel();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    await rest(300, signal);
  }
}

/** Waits, or until the signal. */
export async function rest(
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  await delay(milliseconds, { signal }).catch(() => {});
}
