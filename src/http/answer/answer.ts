import type { SocketAnswer } from "./socket_answer.ts";
import type { StreamAnswer } from "./stream_answer.ts";

/** An answer, or what servers differ in: a stream, or a WebSocket. */
export type Answer = Response | StreamAnswer | SocketAnswer;
