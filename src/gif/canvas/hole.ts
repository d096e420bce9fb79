/** A pixel where nothing was drawn, as a number. */
export const HOLE = 0;
