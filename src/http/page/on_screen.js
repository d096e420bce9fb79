/**
 * Whether an element is in view.
 *
 * @module
 */

/** Scrolling past is no reason to let go. */
const OFF_SCREEN_MILLISECONDS = 500;

/**
 * Tells when an element has come into view, or has been out of it for a while.
 *
 * @param {HTMLElement} element
 * @param {(isSeen: boolean) => void} onChange
 */
export function followScreen(element, onChange) {
  let timer = 0;
  new IntersectionObserver((entries) => {
    const { isIntersecting } = entries[entries.length - 1];
    clearTimeout(timer);
    timer = setTimeout(
      () => onChange(isIntersecting),
      isIntersecting ? 0 : OFF_SCREEN_MILLISECONDS,
    );
  }).observe(element);
}
