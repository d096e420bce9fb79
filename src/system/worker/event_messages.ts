import type { SentError } from "./sent_error.ts";

/** The version of messages to threads that report, and of their events. */
export const EVENT_VERSION = 1;

/**
 * A request to a thread that reports: for all that has happened since the last
 * one. The thread answers once there is something, or with an empty batch
 * after a while, which says that it is alive.
 */
export interface EventRequest<Task> {
  /** The version that the thread must have. */
  version: typeof EVENT_VERSION;
  /** The task; only the first request has it. */
  task?: Task;
  /** Time after which the thread answers although nothing has happened. */
  waitMilliseconds: number;
}

/** The answer: events in their order. */
export interface EventBatch<Event> {
  events: Event[];
  /** Set in the last answer; with an error if the task has failed. */
  end?: { error?: SentError };
}
