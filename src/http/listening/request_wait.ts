/**
 * The longest wait for the head of a request, from the connection or the
 * answer before it: who sends half of one holds a descriptor for nothing.
 */
export const REQUEST_WAIT_MILLISECONDS = 30_000;

/** Between two looks at who waits for too long. */
export const REQUEST_LOOK_MILLISECONDS = 2000;
