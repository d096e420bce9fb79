/**
 * Threads that start at a time, at least. Deno makes the thread that starts
 * another one wait until that is there; and while a hundred start at once,
 * viewers get next to nothing of the processors.
 */
const LEAST_AT_A_TIME = 2;

/** One that is not ready by then holds nobody up any longer. */
const MOST_MILLISECONDS = 5000;

/** Starts that wait for their turn, the oldest first. */
const waiting = new Set<() => void>();
/** The ends of those that are starting, and when each began, in that order. */
const starting = new Map<() => void, number>();
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Starts a thread when few others are starting.
 *
 * @param start Starts it: at once, or later, when it must not throw.
 * @returns To be called when the thread is ready, or is not wanted any more.
 * @throws What `start` throws, if it is called at once.
 */
export function startInTurn(start: () => void): () => void {
  const end = () => {
    waiting.delete(begin);
    if (starting.delete(end)) startNext();
    watchOldest();
  };
  const begin = () => {
    starting.set(end, performance.now());
    try {
      start();
    } catch (error) {
      end();
      throw error;
    }
  };
  if (starting.size < mostAtATime()) {
    begin();
  } else {
    waiting.add(begin);
    watchOldest();
  }
  return end;
}

function startNext(): void {
  const [next] = waiting;
  if (next === undefined || starting.size >= mostAtATime()) return;
  waiting.delete(next);
  next();
}

/** While others wait, ends the turn of a start that takes too long. */
function watchOldest(): void {
  clearTimeout(timer);
  if (waiting.size === 0) return;
  for (const [end, begun] of starting) {
    // Deno warns of a time that has passed.
    const rest = Math.max(0, begun + MOST_MILLISECONDS - performance.now());
    timer = setTimeout(end, rest);
    return;
  }
}

/** One processor is left to those who watch, if there are more than two. */
function mostAtATime(): number {
  const processors = globalThis.navigator?.hardwareConcurrency ?? 1;
  return Math.max(LEAST_AT_A_TIME, processors - 1);
}
