/** The kinds of INPUT that are played by one source. */
export type SourceKind =
  | "test"
  | "stdin"
  | "pipe"
  | "exec"
  | "folder"
  | "growing"
  | "picture"
  | "finished"
  | "video"
  | "redis";

/** Kinds that may be stuck in a read that nothing can end. */
export const STUCK_KINDS: readonly string[] = [
  "stdin",
  "pipe",
] satisfies SourceKind[];

/** Kinds that are started, and give nothing if something is wrong. */
export const MAYBE_AWAY: readonly string[] = [
  "video",
  "exec",
] satisfies SourceKind[];

/** The kind of an INPUT. */
export type InputKind = SourceKind | "folders" | "ingest" | "edge";
