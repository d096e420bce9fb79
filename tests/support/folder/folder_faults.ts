/**
 * What may be in a folder of frames besides frames.
 *
 * @module
 */

import { bytes, header } from "../gif/gif_bytes.ts";

/** Puts something into a folder, or does something to it. */
type Fault = (folder: string) => Promise<unknown>;

/** Runs a shell script in a folder, for names that Deno cannot make. */
export async function shell(folder: string, script: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("sh", {
    args: ["-c", script],
    cwd: folder,
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** Makes a named pipe. */
export async function makePipe(path: string): Promise<void> {
  await shell("/", `mkfifo '${path}'`);
}

/** Things that are no frames, by what they are; none exists before. */
export const FAULTS: Record<string, Fault> = {
  "a link to itself": async (folder) => {
    await Deno.symlink("itself", `${folder}/itself`);
    await Deno.symlink("itself.gif", `${folder}/itself.gif`);
  },
  "links in a circle": async (folder) => {
    await Deno.symlink("circle2.gif", `${folder}/circle1.gif`);
    await Deno.symlink("circle1.gif", `${folder}/circle2.gif`);
  },
  "links to the folder and its parent": async (folder) => {
    await Deno.symlink(".", `${folder}/here.gif`);
    await Deno.symlink("..", `${folder}/up`);
    await Deno.symlink("up/up/../through.gif", `${folder}/through.gif`);
  },
  "links to names that are too long": async (folder) => {
    const long = "x".repeat(300);
    await Deno.symlink(long, `${folder}/long`);
    await Deno.symlink(`${long}.gif`, `${folder}/long.gif`);
    await Deno.symlink("y/".repeat(2000), `${folder}/longer.gif`);
  },
  "links to nothing": async (folder) => {
    await Deno.symlink("nothing", `${folder}/nowhere`);
    await Deno.symlink("nothing.gif", `${folder}/nowhere.gif`);
    await Deno.symlink("/dev/null/x.gif", `${folder}/nofolder.gif`);
  },
  "links to devices": async (folder) => {
    await Deno.symlink("/dev/zero", `${folder}/zero.gif`);
    await Deno.symlink("/dev/full", `${folder}/full.png`);
  },
  "names that are not UTF-8": (folder) =>
    shell(
      folder,
      "n=$(printf '\\351'); echo x >$n.txt; echo x >$n.gif; mkdir $n $n.jpg;" +
        "echo more >>$n.txt; mv $n.txt $n.log; mv $n.log $n.txt",
    ),
  "names with control characters": async (folder) => {
    for (
      const name of ["new\nline.gif", "\x1b[31mred.gif", "back\\slash.gif"]
    ) {
      await Deno.writeTextFile(`${folder}/${name}`, "no GIF");
    }
  },
  "named pipes": (folder) => shell(folder, "mkfifo pipe pipe.gif"),
  "a socket": (folder) => {
    const path = `${folder}/socket.gif`;
    Deno.listen({ transport: "unix", path }).close();
    return Promise.resolve();
  },
  "folders called like frames": async (folder) => {
    await Deno.mkdir(`${folder}/folder.gif/inner.gif`, { recursive: true });
  },
  "files with a large hole": async (folder) => {
    for (const [name, head] of Object.entries(BEGINNINGS)) {
      await Deno.writeFile(`${folder}/${name}`, head);
      await Deno.truncate(`${folder}/${name}`, 2 ** 40);
    }
  },
  "files that come and go": async (folder) => {
    for (let i = 0; i < 50; i++) {
      await Deno.writeFile(`${folder}/flicker.gif`, header(4, 3));
      await Deno.remove(`${folder}/flicker.gif`);
    }
  },
};

const BEGINNINGS = {
  "hole.gif": bytes(),
  "hole1.gif": header(4, 3),
  "hole2.gif": bytes(header(4, 3), [0x21, 0xfe, 1, 0]),
  "hole.jpg": bytes([0xff, 0xd8, 0xff, 0xe0]),
  "hole.png": bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
};

/** What may come to be where a folder was, by what it is. */
export const REPLACEMENTS: Record<string, Fault> = {
  "a file": (path) => Deno.writeTextFile(path, "no folder"),
  "a link to itself": (path) => Deno.symlink(path, path),
  "a link to nothing": (path) => Deno.symlink(`${path}-none`, path),
  "a link to a name that is too long": (path) =>
    Deno.symlink("x".repeat(300), path),
  "a link to a file": (path) => Deno.symlink("/etc/passwd", path),
  "a named pipe": makePipe,
};

/** Does everything to a folder that {@linkcode FAULTS} has. */
export async function spoil(folder: string): Promise<void> {
  for (const fault of Object.values(FAULTS)) await fault(folder);
}
