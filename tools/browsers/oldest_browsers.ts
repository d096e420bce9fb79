/** The oldest browsers in which the page and the element work. */
export const OLDEST_BROWSERS = {
  chrome: 80,
  firefox: 78,
  safari: 13,
} as const;

/** The same as targets of esbuild. */
export const ESBUILD_TARGETS: string[] = Object.entries(OLDEST_BROWSERS)
  .map(([name, version]) => name + version);
