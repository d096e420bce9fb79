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
let starting = 0;

/**
 * Starts a thread when few others are starting.
 *
 * @param start Starts it: at once, or later, when it must not throw.
 * @returns To be called when the thread is ready, or is not wanted any more.
 * @throws What `start` throws, if it is called at once.
 */
export function startInTurn(start: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStarting = false;
  const end = () => {
    waiting.delete(begin);
    clearTimeout(timer);
    if (!isStarting) return;
    isStarting = false;
    starting--;
    startNext();
  };
  const begin = () => {
    starting++;
    isStarting = true;
    timer = setTimeout(end, MOST_MILLISECONDS);
    try {
      start();
    } catch (error) {
      end();
      throw error;
    }
  };
  if (starting < mostAtATime()) begin();
  else waiting.add(begin);
  return end;
}

function startNext(): void {
  const [next] = waiting;
  if (next === undefined || starting >= mostAtATime()) return;
  waiting.delete(next);
  next();
}

/** One processor is left to those who watch, if there are more than two. */
function mostAtATime(): number {
  const processors = globalThis.navigator?.hardwareConcurrency ?? 1;
  return Math.max(LEAST_AT_A_TIME, processors - 1);
}
