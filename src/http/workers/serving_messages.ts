import type { FaultKind } from "../../log/faults.ts";
import type { SentError } from "../../system/worker/sent_error.ts";
import type { Certificate } from "../deno/deno_server.ts";
import type { BodyMessage } from "./bodies.ts";
import type { OrderBatch } from "./orders.ts";

/** The name of threads that serve. */
export const SERVING_THREAD = "gifstream serving";

/** The task of a thread: to listen, and to carry answers to clients. */
export interface ServingTask {
  /** The kind of the server: see `serveByDeno` and `serveByNode`. */
  server: "deno" | "node";
  /** The address to listen on, which several threads share. */
  hostname: string;
  port: number;
  /** Certificate and key in PEM; only Deno's server takes them. */
  tls?: Certificate;
}

/** A request of a client, without its body. */
export interface SentRequest {
  /** A number that no other request of the thread has. */
  id: number;
  method: string;
  url: string;
  headers: [name: string, value: string][];
  /** The other end of the connection, as far as it is known. */
  address?: string;
  port?: number;
  /** True if its body can be asked for: see {@linkcode BodyMessage}. */
  hasBody: boolean;
}

/** The answer to a request. */
export type SentAnswer =
  | {
    type: "response";
    status: number;
    headers: [name: string, value: string][];
    /** The body, or `later`: the thread is to ask for it. */
    body: Uint8Array<ArrayBuffer> | "later" | null;
  }
  /** A stream: the client is a viewer by the number of its request. */
  | { type: "stream"; headers: Record<string, string> }
  /** A WebSocket, in the same way. */
  | { type: "socket" };

/** A note to the thread. */
export type ServingNote =
  | { type: "answer"; id: number; answer: SentAnswer }
  | { type: "orders"; batch: OrderBatch }
  | BodyMessage
  /** Hardly any file descriptors are left: see `ReserveEvents`. */
  | { type: "short" }
  /** There are enough again. */
  | { type: "enough" }
  /** Serve new connections by another certificate. */
  | { type: "certificate"; tls: Certificate }
  /** Take no more connections, and end once the open ones have. */
  | { type: "shutdown" };

/** An event of the thread. */
export type ServingEvent =
  | { type: "listening"; hostname: string; port: number; isGuarded?: boolean }
  | { type: "request"; request: SentRequest }
  /** A viewer has left by itself. */
  | { type: "left"; viewer: number }
  | OrdersTaken
  | BodyMessage
  /** A connection has taken a file descriptor. */
  | { type: "connected" }
  /** It has stopped listening, since no descriptors are left. */
  | { type: "refused" }
  /** It has listened again for a while. */
  | { type: "accepting" }
  /** So many clients were cut off: see `onCutOff`. */
  | { type: "cut off"; clients: number }
  | { type: "fault"; kind: FaultKind; error: SentError };

/** The progress of the thread with its orders. */
export interface OrdersTaken {
  type: "taken";
  /** The number of the newest batch that was carried out. */
  batch: number;
  /** Viewers that have no room any more. */
  full: number[];
  /** Viewers that have room again. */
  drained: number[];
}
