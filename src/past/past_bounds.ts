/** Bounds of a stretch of the past that ends now. */
export interface PastBounds {
  /** Seconds from its start to the newest part. */
  seconds: number;
  /** Most bytes of parts; the newest part is always included. */
  maxBytes: number;
}
