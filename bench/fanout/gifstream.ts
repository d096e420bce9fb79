import { Child } from "./child.ts";
import type { Start } from "./contender.ts";
import type {
  GifstreamAddress,
  GifstreamQuestion,
  ServerKind,
} from "./gifstream_server.ts";

/** What HTTP's chunked coding adds: the length in hex, and two line ends. */
function chunkBytes(length: number): number {
  return length.toString(16).length + 2 + length + 2;
}

/** Starts gifstream, with the server of that kind, in a process of its own. */
export const startGifstream =
  (kind: ServerKind): Start => async (stack, maxPartBytes, workers) => {
    const child = Child.start(stack, "gifstream_server.ts", [
      kind,
      String(maxPartBytes),
      String(workers),
    ]);
    const ask = <Answer>(question: GifstreamQuestion) =>
      child.ask<Answer>(question);
    const { port, partBytes } = await ask<GifstreamAddress>({ do: "address" });
    return {
      name: workers === 1 ? `${kind} server` : `${kind}, ${workers} workers`,
      port,
      path: "/live.gif",
      pids: [child.pid],
      // The node server sends the GIF without chunks.
      wireBytesPerFrame: kind === "node" ? partBytes : chunkBytes(partBytes),
      publish: (frames, framesPerSecond) =>
        ask({ do: "publish", frames, framesPerSecond }),
    };
  };
