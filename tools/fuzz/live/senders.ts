import { delay } from "@std/async/delay";
import { join } from "@std/path";

/** So that viewers see what is sent, and not only the newest. */
const PAUSE_MILLISECONDS = 2;

/** A way in, for files in turn. */
export interface Sender {
  name: "stdin" | "folder" | "ingest";
  send(file: Uint8Array): Promise<void>;
  /** Counts of what was answered. */
  answers: Map<string, number>;
  /** Called when all that was sent is through. */
  tidy(): Promise<void>;
}

/** Writes to the program's standard input. */
export function stdinSender(stdin: WritableStream<Uint8Array>): Sender {
  const writer = stdin.getWriter();
  return {
    name: "stdin",
    answers: new Map(),
    async send(file) {
      const middle = file.length >> 1;
      await writer.write(file.subarray(0, middle));
      await delay(PAUSE_MILLISECONDS);
      await writer.write(file.subarray(middle));
    },
    tidy: () => Promise.resolve(),
  };
}

/** Writes files into the program's folder, and removes them later. */
export function folderSender(folder: string): Sender {
  const written: string[] = [];
  let number = 0;
  return {
    name: "folder",
    answers: new Map(),
    async send(file) {
      const path = join(folder, `in${number++}.gif`);
      await Deno.writeFile(path, file);
      written.push(path);
      await delay(PAUSE_MILLISECONDS);
    },
    async tidy() {
      const last = written.pop();
      await Promise.all(written.splice(0).map((path) => Deno.remove(path)));
      if (last !== undefined) written.push(last);
    },
  };
}

/** Sends files by HTTP. */
export function ingestSender(address: string, token: string): Sender {
  const answers = new Map<string, number>();
  return {
    name: "ingest",
    answers,
    async send(file) {
      const response = await fetch(`${address}/ingest/frames`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}` },
        body: file as BodyInit,
      });
      const text = await response.text();
      const refused = response.ok && !text.includes('"refused":0');
      const kind = `${response.status}${refused ? ", some refused" : ""}`;
      answers.set(kind, (answers.get(kind) ?? 0) + 1);
      if (response.status >= 500) throw new Error(`${kind}: ${text}`);
    },
    tidy: () => Promise.resolve(),
  };
}
